import type { Call } from "../http/call.ts";
import type { EnteredCard } from "../objects/card.ts";
import type { PageOutcome, Payer } from "../objects/page-outcome.ts";

/** What the pages have done by billing. Declines are thrown as StripeErrors of type card_error. */
export type Actions = {
  readonly completeCheckout: (call: Call, sessionId: string, card: EnteredCard) => PageOutcome;
  readonly payInvoiceOnPage: (call: Call, invoiceId: string, payer: Payer) => PageOutcome;
  readonly attachCard: (call: Call, customerId: string, card: EnteredCard, makeDefault: boolean) => PageOutcome;
  readonly confirmAuthentication: (call: Call, intentId: string, approve: boolean) => void;
  readonly cancelFromPortal: (call: Call, subscriptionId: string, mode: "at_period_end" | "immediately") => void;
  readonly keepFromPortal: (call: Call, subscriptionId: string) => void;
};
