import { describe, expect, test } from "vitest";
import { readUrl } from "../../../lib/url-state";
import { ORGANIZATIONS_URL, sortedBy, variablesOf } from "./organizations-view";

const viewOf = (search: string) => readUrl(ORGANIZATIONS_URL, search).values;

describe("the list in the URL", () => {
  test("without parameters the newest organizations come first, unfiltered", () => {
    expect(variablesOf(viewOf(""))).toEqual({
      first: 25,
      after: null,
      search: null,
      plan: null,
      status: null,
      sort: "CREATED_AT",
      direction: "DESC",
    });
  });

  test.each([
    { url: "", by: "NAME", change: { sort: "NAME", direction: null }, why: "another column starts its usual way" },
    { url: "?sort=NAME", by: "NAME", change: { sort: "NAME", direction: "DESC" }, why: "names turn around" },
    {
      url: "?sort=NAME&direction=DESC",
      by: "NAME",
      change: { sort: "NAME", direction: null },
      why: "and back, which the URL need not say",
    },
    { url: "", by: "CREATED_AT", change: { sort: "CREATED_AT", direction: "ASC" }, why: "the standard turns, too" },
    {
      url: "?sort=NAME",
      by: "nonsense",
      change: { sort: "NAME", direction: "DESC" },
      why: "an unknown column is none",
    },
  ])("from '$url' a click on $by: $why", ({ url, by, change }) => {
    expect(sortedBy(viewOf(url), by)).toEqual(change);
  });
});
