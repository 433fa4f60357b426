import type { StripeCallState, StripeEventState } from "../../gql/documents";
import type { Tone } from "../../ui/Status";

type Words = { readonly label: string; readonly tone: Tone; readonly means: string };

export const EVENT_STATES: Readonly<Record<StripeEventState, Words>> = {
  RECEIVED: { label: "Waiting", tone: "info", means: "It waits to be worked, or to be tried again." },
  HANDLED: { label: "Handled", tone: "good", means: "What it is about was read again at Stripe." },
  IGNORED: { label: "Ignored", tone: "plain", means: "It has no effect here, by design." },
  QUARANTINED: {
    label: "Quarantined",
    tone: "warn",
    means: "It is about nobody's object, or of another API version. It changed nothing.",
  },
  FAILED: { label: "Failed", tone: "bad", means: "It was given up after many tries." },
};

export const CALL_STATES: Readonly<Record<StripeCallState, Words>> = {
  PENDING: { label: "Waiting", tone: "info", means: "It is decided, and to be made or repeated." },
  DONE: { label: "Done", tone: "good", means: "Stripe answered." },
  REFUSED: { label: "Refused", tone: "warn", means: "Stripe said no, and would say it again." },
  FAILED: { label: "Failed", tone: "bad", means: "It was given up." },
};

/** An event that was worked may be worked again: what it is about is read as it is now. */
export const canRetryEvent = (state: StripeEventState): boolean => state !== "RECEIVED";

/** What is done stays done; what waits or was refused can be made again. */
export const canRetryCall = (state: StripeCallState): boolean => state !== "DONE";
