import { answerAuthentication } from "./billing/collect.ts";
import { presenter } from "./billing/present.ts";
import { billingRoutes } from "./billing/routes.ts";
import { workDue } from "./billing/work-due.ts";
import type { Call } from "./http/call.ts";
import type { Presenter } from "./http/presenter.ts";
import type { Route } from "./http/route.ts";
import type { EnteredCard } from "./objects/card.ts";
import type { PageOutcome, Payer } from "./objects/page-outcome.ts";
import type { Due } from "./store/store.ts";

/**
 * What the billing engine gives to the rest of the stand-in. Declines are thrown as `StripeError` of type card_error,
 * with `keepsChanges` when the failed attempt stays on record.
 */
export type Engine = {
  readonly routes: readonly Route[];
  readonly presenter: Presenter;
  /** Does the work of one instant (`call.now`) at one object and gives it its next `due`, or none. */
  workDue(call: Call, due: Due): void;
  completeCheckout(call: Call, sessionId: string, card: EnteredCard): PageOutcome;
  payInvoiceOnPage(call: Call, invoiceId: string, payer: Payer): PageOutcome;
  attachCard(call: Call, customerId: string, card: EnteredCard, makeDefault: boolean): PageOutcome;
  /** The person's answer to the bank: approved or failed. */
  confirmAuthentication(call: Call, intentId: string, approve: boolean): void;
  /** Ends a subscription as the portal is configured: at the end of its period or now. */
  cancelFromPortal(call: Call, subscriptionId: string, mode: "at_period_end" | "immediately"): void;
  /** Takes a scheduled cancellation back. */
  keepFromPortal(call: Call, subscriptionId: string): void;
};

export const engine: Engine = {
  routes: billingRoutes,
  presenter,
  workDue,
  completeCheckout: () => ({ kind: "done" }),
  payInvoiceOnPage: () => ({ kind: "done" }),
  attachCard: () => ({ kind: "done" }),
  confirmAuthentication: answerAuthentication,
  cancelFromPortal: () => undefined,
  keepFromPortal: () => undefined,
};
