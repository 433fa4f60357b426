import { expect, test } from "vitest";
import type { PortalBannerQuery } from "../../gql/documents";
import { bannerOf } from "./banner";

type Organization = PortalBannerQuery["organization"];

const now = Date.parse("2026-04-05T00:00:00Z");
const usd = (amount: string) => ({ amount, currency: "USD", __typename: "Money" as const });

const fine = {
  __typename: "Organization",
  id: "1",
  subscription: {
    id: "2",
    status: "ACTIVE",
    cancelAt: null,
    trialEndsAt: null,
    accessUntil: null,
    plan: { __typename: "Plan", code: "STARTER", version: 1, name: "Starter" },
    paymentMethod: null,
  },
  openInvoices: { __typename: "InvoiceConnection", nodes: [] },
  quotas: [],
  spending: { __typename: "Spending", cap: null, reached: false, resetAt: "2026-04-14T09:12:00Z" },
} satisfies Organization;

const pastDue = {
  subscription: { ...fine.subscription, status: "PAST_DUE" as const, accessUntil: "2026-04-10T09:12:00Z" },
  openInvoices: {
    ...fine.openInvoices,
    nodes: [
      {
        __typename: "Invoice" as const,
        id: "3",
        number: "QLP-0001",
        hostedUrl: "https://pay.example/1",
        nextAttemptAt: "2026-04-06T09:12:00Z",
        amountRemaining: usd("99.00"),
      },
    ],
  },
};

const quota = (used: string, remaining: string, limitKind: "HARD" | "OVERAGE") => ({
  __typename: "Quota" as const,
  meter: "generations",
  limit: "10",
  used,
  remaining,
  resetAt: "2026-04-14T09:12:00Z",
  limitKind,
});

const refused = { quotas: [quota("10", "0", "HARD")] };
const capped = { spending: { ...fine.spending, cap: usd("40.00"), reached: true } };
const near = { quotas: [quota("8", "2", "OVERAGE")] };
const ending = { ...fine.subscription, cancelAt: "2026-04-14T09:12:00Z" };
const trial = { ...fine.subscription, status: "TRIALING" as const, trialEndsAt: "2026-04-07T00:00:00Z" };

test("while all is well nothing is said", () => {
  expect(bannerOf(fine, now)).toBeNull();
});

test("a payment that failed says until when the plan stays, when it is tried again, and where to pay", () => {
  expect(bannerOf({ ...fine, ...pastDue }, now)).toEqual({
    tone: "bad",
    title: "The payment of $99.00 failed",
    text: "Starter stays until 10 Apr 2026, 09:12 UTC. The next try is 6 Apr 2026, 09:12 UTC.",
    act: { label: "Pay now", href: "https://pay.example/1" },
  });
});

test("after access fell it says what holds and that paying restores", () => {
  const later = Date.parse("2026-04-11T00:00:00Z");
  expect(bannerOf({ ...fine, ...pastDue }, later)?.text).toContain(
    "Since 10 Apr 2026, 09:12 UTC Free's limits hold; paying restores Starter at once.",
  );
});

test.each([
  { why: "money owed before all", organization: { ...fine, ...pastDue, ...refused }, title: /^The payment/ },
  {
    why: "work that stops before a plan that ends",
    organization: { ...fine, ...refused, subscription: ending },
    title: /^No generations left/,
  },
  {
    why: "a cap that stops work before a plan that ends",
    organization: { ...fine, ...capped, subscription: ending },
    title: /^The spending cap of \$40\.00 is reached$/,
  },
  {
    why: "a plan that ends before a limit that comes near",
    organization: { ...fine, ...near, subscription: ending },
    title: /^Starter ends on/,
  },
  {
    why: "a trial's last days before a limit that comes near",
    organization: { ...fine, ...near, subscription: trial },
    title: /^The trial ends in 2 days/,
  },
  { why: "a limit that comes near last", organization: { ...fine, ...near }, title: /^80 % of the generations/ },
])("one banner, by rank: $why", ({ organization, title }) => {
  expect(bannerOf(organization, now)?.title).toMatch(title);
});

test("an allowance that is billed past its end stops nothing, so its end is no alarm", () => {
  expect(bannerOf({ ...fine, quotas: [quota("12", "0", "OVERAGE")] }, now)).toBeNull();
});

test("a cap that is reached says what is refused, until when, and where it is", () => {
  expect(bannerOf({ ...fine, ...capped }, now)).toEqual({
    tone: "warn",
    title: "The spending cap of $40.00 is reached",
    text: "New work that costs something is refused until 14 Apr 2026, 09:12 UTC; what runs is recorded and billed.",
    act: { label: "See the cap", to: "/app/billing/spending" },
  });
});

test("who may not see the plan is told about limits only", () => {
  const { subscription: _, openInvoices: __, ...seen } = { ...fine, ...refused };
  expect(bannerOf(seen, now)).toMatchObject({ title: "No generations left", act: null });
});
