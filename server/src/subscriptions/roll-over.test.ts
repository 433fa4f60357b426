import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { type PlanCode, rateCardOf } from "../catalog/plan-terms.ts";
import type { PublishedPlan } from "../catalog/read-catalog.ts";
import { DAY_MS } from "../kernel/clock.ts";
import type { CurrentSubscription } from "./current-subscription.ts";
import { restrictedFrom, rollOver } from "./roll-over.ts";
import { firstPeriod } from "./subscription.ts";

const plan = (code: PlanCode): PublishedPlan => ({
  id: code,
  code,
  number: 1,
  terms: defaultCatalog[code],
  card: rateCardOf(defaultCatalog[code]),
  publishedAt: new Date(0),
});
const [free, starter, professional] = [plan("free"), plan("starter"), plan("professional")];
const plans = { free, scheduled: professional };

/** A Starter subscription in its first period. */
function startedAt(start: Date, change: Partial<CurrentSubscription> = {}): CurrentSubscription {
  const period = firstPeriod(start);
  return {
    organizationId: "o",
    id: "s",
    planVersionId: starter.id,
    planCode: "starter",
    status: "ACTIVE",
    startedAt: start,
    anchorAt: start,
    currentPeriodId: "p",
    currentPeriodStart: period.start,
    currentPeriodEnd: period.end,
    trialEndsAt: null,
    trialUsed: false,
    cancelAt: null,
    agreedMinor: 12_300n,
    collection: "INVOICE",
    nextPlanVersionId: null,
    pastDueSince: null,
    restrictedAt: null,
    pausedAt: null,
    plan: starter,
    overrides: [],
    card: starter.card,
    ...change,
  };
}

const JANUARY_31 = new Date("2026-01-31T00:00:00Z");
const startsOf = ({ turns }: ReturnType<typeof rollOver>): string[] =>
  turns.map(({ period }) => period.start.toISOString().slice(0, 10));

test("a subscription whose period lasts is not touched", () => {
  const subscription = startedAt(JANUARY_31);
  const rolled = rollOver(subscription, new Date(subscription.currentPeriodEnd.getTime() - 1), plans);
  expect(rolled).toEqual({ turns: [], subscription });
  expect(rolled.subscription).toBe(subscription);
});

test("periods follow one another from the anchor, however long nobody came by", () => {
  const rolled = rollOver(startedAt(JANUARY_31), new Date("2026-05-30T12:00:00Z"), plans);
  expect(startsOf(rolled)).toEqual(["2026-02-28", "2026-03-31", "2026-04-30"]);
  expect(rolled.subscription).toMatchObject({
    planCode: "starter",
    agreedMinor: 12_300n,
    collection: "INVOICE",
    anchorAt: JANUARY_31,
  });
});

test("what was canceled falls to Free at that instant, without what was agreed", () => {
  const cancelAt = new Date("2026-02-28T00:00:00Z");
  const rolled = rollOver(
    startedAt(JANUARY_31, { cancelAt, pausedAt: cancelAt, pastDueSince: cancelAt, restrictedAt: cancelAt }),
    cancelAt,
    plans,
  );
  expect(rolled.turns).toMatchObject([{ planVersionId: "free", restricted: false }]);
  expect(rolled.subscription).toMatchObject({
    planCode: "free",
    status: "ACTIVE",
    anchorAt: cancelAt,
    cancelAt: null,
    agreedMinor: null,
    collection: "CARD",
    pausedAt: null,
    pastDueSince: null,
    restrictedAt: null,
    card: free.card,
  });
});

test("a scheduled plan takes over once, at its own price", () => {
  const rolled = rollOver(
    startedAt(JANUARY_31, { nextPlanVersionId: professional.id }),
    new Date("2026-04-01T00:00:00Z"),
    plans,
  );
  expect(rolled.turns.map(({ planVersionId }) => planVersionId)).toEqual(["professional", "professional"]);
  expect(rolled.subscription).toMatchObject({
    planCode: "professional",
    nextPlanVersionId: null,
    agreedMinor: null,
    card: professional.card,
  });
});

test("while a renewal is unpaid Free's limits hold in each period from its start", () => {
  const restrictedAt = new Date("2026-02-10T00:00:00Z");
  const rolled = rollOver(
    startedAt(JANUARY_31, { pastDueSince: JANUARY_31, restrictedAt }),
    new Date("2026-03-31T00:00:00Z"),
    plans,
  );
  expect(rolled.turns).toMatchObject([{ restricted: true }, { restricted: true }]);
  expect(rolled.subscription).toMatchObject({ planCode: "starter", restrictedAt, card: free.card });
});

test.each([
  { why: "nothing is past due", change: {}, from: null },
  { why: "the week is not over", change: { pastDueSince: new Date("2026-02-01T00:00:00.001Z") }, from: null },
  {
    why: "the week is over",
    change: { pastDueSince: new Date("2026-02-01T00:00:00Z") },
    from: new Date("2026-02-08T00:00:00Z"),
  },
  { why: "they hold already", change: { pastDueSince: JANUARY_31, restrictedAt: JANUARY_31 }, from: null },
])("Free's limits begin to hold when $why: $from", ({ change, from }) => {
  expect(restrictedFrom(startedAt(JANUARY_31, change), new Date("2026-02-08T00:00:00Z"))).toEqual(from);
});

const day = fc.integer({ min: 0, max: 800 }).map((days) => new Date(JANUARY_31.getTime() + days * DAY_MS));
const optionalDay = fc.option(day);

test("coming by in between changes nothing of what follows, and periods leave no gap", () => {
  fc.assert(
    fc.property(
      fc.tuple(day, day),
      optionalDay,
      optionalDay,
      fc.boolean(),
      (days, cancelAt, restrictedAt, scheduled) => {
        const [between = JANUARY_31, end = JANUARY_31] = days.toSorted((a, b) => a.getTime() - b.getTime());
        const subscription = startedAt(JANUARY_31, {
          cancelAt,
          restrictedAt,
          nextPlanVersionId: scheduled ? professional.id : null,
        });
        const atOnce = rollOver(subscription, end, plans);
        const first = rollOver(subscription, between, plans);
        const second = rollOver(first.subscription, end, plans);
        expect({ turns: [...first.turns, ...second.turns], subscription: second.subscription }).toEqual(atOnce);

        let last = subscription.currentPeriodEnd;
        for (const { period } of atOnce.turns) {
          expect(period.start).toEqual(last);
          last = period.end;
        }
        expect(last.getTime()).toBeGreaterThan(end.getTime());
      },
    ),
  );
});
