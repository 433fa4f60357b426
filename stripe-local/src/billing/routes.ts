import type { Route } from "../http/route.ts";
import { checkoutRoutes } from "./checkout.ts";
import { creditRoutes } from "./credit-routes.ts";
import { invoiceItemRoutes, invoiceRoutes } from "./invoice-routes.ts";
import { paymentRoutes } from "./payment-routes.ts";
import { scheduleRoutes } from "./schedule-routes.ts";
import { subscriptionRoutes } from "./subscription-routes.ts";

/** Everything that the engine answers. */
export const billingRoutes: readonly Route[] = [
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...invoiceItemRoutes,
  ...paymentRoutes,
  ...scheduleRoutes,
  ...checkoutRoutes,
  ...creditRoutes,
];
