import { completeCheckout } from "./billing/checkout-complete.ts";
import {
  attachCard,
  cancelFromPortal,
  confirmAuthentication,
  endBilling,
  keepFromPortal,
  payInvoiceOnPage,
} from "./billing/page-actions.ts";
import { presenter } from "./billing/present.ts";
import { billingRoutes } from "./billing/routes.ts";
import { cancelSubscription } from "./billing/subscription-cancel.ts";
import { workDue } from "./billing/work-due.ts";
import type { Call } from "./http/call.ts";
import type { Presenter } from "./http/presenter.ts";
import type { Route } from "./http/route.ts";
import type { EnteredCard } from "./objects/card.ts";
import type { Customer } from "./objects/customer.ts";
import type { PageOutcome, Payer } from "./objects/page-outcome.ts";
import type { Due } from "./store/store.ts";

/** What the billing engine gives to the rest of the stand-in. */
export type Engine = Actions & {
  readonly routes: readonly Route[];
  readonly presenter: Presenter;
  /** Does the work of one instant (`call.now`) at one object and gives it its next `due`, or none. */
  readonly workDue: (call: Call, due: Due) => void;
  /** Ends what a customer who is deleted still has. */
  readonly endBilling: (call: Call, customer: Customer) => void;
};

export const engine: Engine = {
  routes: billingRoutes,
  presenter,
  workDue,
  endBilling(call, { id: customer }) {
    for (const subscription of call.store.list<Subscription>("subscription", { customer })) {
      if (!isEnded(subscription)) cancelSubscription(call, subscription.id, { invoice_now: false, prorate: false });
    }
  },
  completeCheckout: () => ({ kind: "done" }),
  payInvoiceOnPage: () => ({ kind: "done" }),
  attachCard: () => ({ kind: "done" }),
  confirmAuthentication: answerAuthentication,
  cancelFromPortal: () => undefined,
  keepFromPortal: () => undefined,
};
