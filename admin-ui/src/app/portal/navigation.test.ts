import { expect, test } from "vitest";
import { OWNER_PERMISSIONS } from "../../../test/world-people";
import { portalNavigation } from "./navigation";

const labels = (permissions: readonly string[]) =>
  portalNavigation(new Set(permissions)).flatMap(({ items }) => items.map(({ label }) => label));

test("an owner sees every room", () => {
  expect(labels(OWNER_PERMISSIONS)).toEqual([
    "Overview",
    "Quickstart",
    "Summary",
    "Events",
    "Decisions",
    "Holds",
    "Plan",
    "Upcoming invoice",
    "Invoices",
    "Spending",
    "Payment method",
    "API keys",
    "Webhooks",
    "Members",
    "Organization",
    "Profile",
  ]);
});

test("who may only see usage has no entry for money, keys or members", () => {
  expect(labels(["usage:read"])).toEqual([
    "Overview",
    "Quickstart",
    "Summary",
    "Events",
    "Decisions",
    "Holds",
    "Profile",
  ]);
});
