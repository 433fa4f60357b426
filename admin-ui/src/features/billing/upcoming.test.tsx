import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";
import { subscriptionSentence } from "./subscription-words";

test("a line opens to its events, and each event leads to its explanation", async () => {
  const { user, findByRole, address } = openApp("/app/billing/upcoming");
  await user.click(await findByRole("link", { name: "Generations past the allowance" }));
  expect(address()).toContain("?line=");
  const drawer = await findByRole("dialog", { name: "Line of the upcoming invoice" });
  const events = await within(drawer).findByRole("table", { name: "Events behind the line" });
  const [first] = within(events).getAllByRole("link");
  expect(first?.getAttribute("href")).toMatch(/^\/app\/usage\/events\?open=/);
});

test("an estimated line shows that it can still change", async () => {
  const { findByRole } = openApp("/app/billing/upcoming");
  const row = await findByRole("row", { name: /Storage past the allowance/ });
  expect(row.textContent).toContain("$0.25 est.");
  expect(row.textContent).toContain("$0.2482913");
});

test("a plan that costs nothing says that nothing is billed", async () => {
  const world = newWorld();
  const organization = { ...world.organization, upcomingInvoice: () => null };
  world.root.organization = () => organization;
  const { findByText } = openApp("/app/billing/upcoming", world);
  expect(await findByText("Nothing will be billed")).toBeDefined();
});

const base = {
  status: "ACTIVE" as const,
  trialEndsAt: null,
  cancelAt: null,
  accessUntil: null,
  nextPlan: null,
  nextPlanAt: null,
  paymentMethod: null,
  currentPeriodEnd: "2026-04-14T09:12:00Z",
  plan: { __typename: "Plan" as const, code: "PROFESSIONAL" as const, version: 1, name: "Professional" },
};
const now = Date.parse("2026-04-01T00:00:00Z");

test.each([
  { change: {}, sentence: "Professional, renews 14 Apr 2026, 09:12 UTC." },
  {
    change: { cancelAt: "2026-04-14T09:12:00Z" },
    sentence: "Professional, ends on 14 Apr 2026, 09:12 UTC. The Free plan follows.",
  },
  {
    change: { status: "PAUSED" as const },
    sentence: "Professional, paused: no fee is charged and no usage is accepted.",
  },
  {
    change: {
      nextPlan: { ...base.plan, code: "STARTER" as const, name: "Starter" },
      nextPlanAt: "2026-04-14T09:12:00Z",
    },
    sentence: "Professional until 14 Apr 2026, 09:12 UTC, then Starter.",
  },
  {
    change: { status: "PAST_DUE" as const, accessUntil: "2026-04-10T09:12:00Z" },
    sentence:
      "Professional, past due: the last payment failed. Without payment access falls to Free's limits on 10 Apr 2026, 09:12 UTC.",
  },
  {
    change: { status: "PAST_DUE" as const, accessUntil: "2026-03-10T09:12:00Z" },
    sentence:
      "Professional, past due: the last payment failed. Since 10 Mar 2026, 09:12 UTC Free's limits hold; paying restores Professional at once.",
  },
  {
    change: { plan: { ...base.plan, code: "FREE" as const, name: "Free" } },
    sentence: "Free. The allowance starts anew on 14 Apr 2026, 09:12 UTC.",
  },
])("the plan's sentence: $sentence", ({ change, sentence }) => {
  expect(subscriptionSentence({ ...base, ...change }, now)).toBe(sentence);
});
