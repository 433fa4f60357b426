import { completeCheckout } from "./billing/checkout-complete.ts";
import { closeDispute } from "./billing/disputes.ts";
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
import { workDue } from "./billing/work-due.ts";
import type { Actions } from "./pages/actions.ts";

const actions: Actions = {
  attachCard,
  cancelFromPortal,
  completeCheckout,
  confirmAuthentication,
  keepFromPortal,
  payInvoiceOnPage,
};

/** What the billing engine gives to the rest of the stand-in. */
export const engine = { actions, closeDispute, endBilling, presenter, routes: billingRoutes, workDue };
