import fc from "fast-check";
import { DAY, type Plan, type Report } from "./terms.ts";

/** When a reported piece of work was done, as a place that means the same however a history shrinks. */
export type When =
  | { readonly at: "now" }
  | { readonly at: "back" | "forth"; readonly ms: number }
  /** So many milliseconds from where the current period starts, or ends. */
  | { readonly at: "start" | "end"; readonly ms: number };

export type Work = Omit<Report, "idempotencyKey" | "occurredAt">;

/** A report under a new key, or under one that was used before (counted from the last one), the same again or with other content. */
export type Entry =
  | { readonly key: "new"; readonly work: Work; readonly when: When; readonly times: number }
  | { readonly key: "again"; readonly back: number }
  | { readonly key: "other"; readonly back: number; readonly work: Work; readonly when: When };

export type Batch = readonly Entry[];

export type Step =
  | { readonly do: "record"; readonly batch: Batch }
  | { readonly do: "parallel"; readonly batches: readonly Batch[]; readonly voids: readonly number[] }
  | { readonly do: "void"; readonly back: number }
  /** So many ask at once for the same, and hold what they get. */
  | { readonly do: "hold"; readonly work: Work; readonly askers: number; readonly seconds: number }
  /** Settles one of the holds by the same event, so many times at once: by the work that it is for, or by another report. */
  | { readonly do: "settle"; readonly back: number; readonly by: Entry | "its work"; readonly times: number }
  | { readonly do: "release"; readonly back: number }
  | { readonly do: "agree"; readonly plan: Plan }
  | { readonly do: "trial"; readonly plan: "starter" | "professional" }
  | { readonly do: "wait"; readonly ms: number }
  /** To the end of the current period, or that many milliseconds before or after it. */
  | { readonly do: "end"; readonly ms: number };

export type History = { readonly start: string; readonly plan: Plan; readonly steps: readonly Step[] };

const complexity = fc.constantFrom("T0" as const, "T1" as const, "T2" as const, "T3" as const);
const model = fc.constantFrom(null, "llama", "gpt-4", "GPT-4-turbo", "claude-3-opus", "claude-2");
/** Multiples of three milliseconds: their price in dollars is a decimal that ends. */
const computeTimeMs = fc.constantFrom(null, 3, 60_000, 60_003, 93_003, 600_000, 3_660_000, 6_061_002);

const work: fc.Arbitrary<Work> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      action: fc.constant("GENERATION" as const),
      complexity,
      model,
      computeTimeMs,
      failed: fc.constantFrom(false, false, false, false, true),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      action: fc.constant("API_CALL" as const),
      quantity: fc.constantFrom("1", "7", "400", "999", "1000", "1001", "6003", "40000", "99999"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ action: fc.constantFrom("VALIDATION" as const, "EXPORT" as const), computeTimeMs }),
  },
);

const when: fc.Arbitrary<When> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<When>({ at: "now" }) },
  { weight: 2, arbitrary: fc.record({ at: fc.constant("back" as const), ms: fc.nat({ max: 3 * DAY }) }) },
  { weight: 2, arbitrary: fc.record({ at: fc.constant("back" as const), ms: fc.nat({ max: 37 * DAY }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.constant("back" as const),
      ms: fc.constantFrom(35 * DAY - 1, 35 * DAY, 35 * DAY + 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      at: fc.constant("forth" as const),
      ms: fc.constantFrom(1, 60_000, 299_999, 300_000, 300_001),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ at: fc.constantFrom("start" as const, "end" as const), ms: fc.constantFrom(-1, 0, 1) }),
  },
);

const back = fc.nat({ max: 40 });

const entry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      key: fc.constant("new" as const),
      work,
      when,
      times: fc.oneof(
        { weight: 4, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.integer({ min: 2, max: 45 }) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ key: fc.constant("again" as const), back }) },
  { weight: 1, arbitrary: fc.record({ key: fc.constant("other" as const), back, work, when }) },
);

const batch: fc.Arbitrary<Batch> = fc.array(entry, { minLength: 1, maxLength: 6 });

const plan = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Plan>("free", "starter") },
  { weight: 1, arbitrary: fc.constantFrom<Plan>("professional", "enterprise") },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("record" as const), batch }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("parallel" as const),
      batches: fc.array(batch, { minLength: 2, maxLength: 4 }),
      voids: fc.array(back, { maxLength: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("void" as const), back }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("agree" as const), plan }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("hold" as const),
      work: work.map(({ failed: _failed, ...asked }) => asked),
      askers: fc.integer({ min: 1, max: 12 }),
      seconds: fc.constantFrom(1, 60, 300, 86_400),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      back,
      by: fc.oneof({ weight: 3, arbitrary: fc.constant("its work" as const) }, { weight: 2, arbitrary: entry }),
      times: fc.constantFrom(1, 1, 2, 3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("release" as const), back }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("trial" as const),
      plan: fc.constantFrom("starter" as const, "professional" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.oneof(
        fc.constantFrom(1, 999, 1_000, 60_000, 300_000),
        fc.nat({ max: 2 * DAY }),
        fc.nat({ max: 45 * DAY }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("end" as const), ms: fc.constantFrom(-299_999, -60_000, -1, 0, 1) }),
  },
);

/** What an organization may live through. Each part means something by itself, so any of them may go while it shrinks. */
export const history: fc.Arbitrary<History> = fc.record({
  start: fc.constantFrom(
    "2026-03-01T00:00:00.000Z",
    "2026-01-31T10:20:30.456Z",
    "2027-12-30T23:59:59.999Z",
    "2028-01-29T00:00:00.000Z",
    "2026-06-15T12:00:00.001Z",
  ),
  plan,
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
});
