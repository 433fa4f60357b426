import type { HoldState } from "../../gql/documents";
import type { Tone } from "../../ui/Status";

/** Where a hold stands, in words. */
export const HOLD_STATES: Readonly<Record<HoldState, { label: string; tone: Tone; meaning: string }>> = {
  PLACED: { label: "Placed", tone: "info", meaning: "Its units are kept back for work that is under way." },
  SETTLED: { label: "Settled", tone: "good", meaning: "The work was done; its event counts instead." },
  RELEASED: { label: "Released", tone: "plain", meaning: "Given back: the work did not start." },
  EXPIRED: { label: "Expired", tone: "warn", meaning: "Gave itself back: the work was not settled in time." },
};
