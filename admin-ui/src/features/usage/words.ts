import type { UsageAction, UsageEventRating } from "../../gql/documents";
import type { Tone } from "../../ui/Status";

export const ACTIONS: Readonly<Record<UsageAction, string>> = {
  GENERATION: "Generation",
  VALIDATION: "Validation",
  EXPORT: "Export",
  API_CALL: "API call",
  STORAGE: "Storage",
};

/** How an event was rated, in a word, with what it means. */
export const RATINGS: Readonly<Record<UsageEventRating, { label: string; tone: Tone; meaning: string }>> = {
  INCLUDED: { label: "Included", tone: "good", meaning: "Within the plan's allowance: nothing to pay." },
  BILLABLE: { label: "Billable", tone: "info", meaning: "Past the allowance: billed at the end of the period." },
  OVER_LIMIT: { label: "Over limit", tone: "warn", meaning: "Past the plan's hard limit: recorded, not billed." },
  TRIAL: { label: "Trial", tone: "info", meaning: "Recorded during the trial: rated at zero." },
  FAILED: {
    label: "Failed",
    tone: "plain",
    meaning: "The work failed: not billed, and it takes nothing from the allowance.",
  },
  VOIDED: { label: "Voided", tone: "plain", meaning: "Taken back by a reversing entry." },
};

export const COMPLEXITIES = ["T0", "T1", "T2", "T3"] as const;
