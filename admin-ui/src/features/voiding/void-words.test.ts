import { describe, expect, test } from "vitest";
import { consequencesOf } from "./void-words";

const PERIOD_START = "2026-11-02T17:57:00Z";

const event = (rest: object = {}) => ({
  action: "GENERATION",
  occurredAt: "2026-11-20T10:00:00Z",
  recordedAt: "2026-11-20T10:00:01Z",
  late: false,
  amount: { amount: "0", currency: "USD" },
  ratings: [{ unit: "generation", included: "1", billable: "0", overLimit: "0" }],
  ...rest,
});

const said = (rest: object = {}) => consequencesOf(event(rest), PERIOD_START).join(" ");

describe("what voiding an event changes", () => {
  test("an included event of the open period gives its units back, and what came after is rated again", () => {
    const ratings = [
      { unit: "generation", included: "1", billable: "0", overLimit: "0" },
      { unit: "minute", included: "0.5", billable: "0", overLimit: "0" },
    ];
    expect(said({ ratings })).toContain("Back to the allowance: 1 generation and 0.5 minutes.");
    expect(said({ ratings })).toContain("It cost nothing");
  });

  test("a billed event of the open period comes off the open bill", () => {
    const amount = { amount: "0.677813333333333333", currency: "USD" };
    expect(said({ amount, ratings: [{ unit: "generation", included: "0", billable: "1", overLimit: "0" }] })).toMatch(
      /^\$0\.6778\S* comes off the open bill\./,
    );
  });

  test("an event of a closed period is credited; nothing is rated again", () => {
    const words = said({ occurredAt: "2026-11-02T17:56:59Z", amount: { amount: "0.5", currency: "USD" } });
    expect(words).toContain("nothing is rated again");
    expect(words).toContain("$0.50 is credited on the open bill.");
  });

  test("a late event counts in the period that was open when it came", () => {
    expect(said({ occurredAt: "2026-10-30T00:00:00Z", late: true })).toContain("Back to the allowance: 1 generation.");
  });

  test("it always says that the event stays in the ledger", () => {
    expect(said()).toContain("stays in the ledger");
    expect(said({ occurredAt: "2026-10-01T00:00:00Z" })).toContain("stays in the ledger");
  });
});
