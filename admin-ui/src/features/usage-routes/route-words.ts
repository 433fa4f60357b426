import type { UsageRouteKind, UsageRoutes_OrganizationFragment } from "../../gql/documents";
import { meterName } from "../../lib/quantity";

export type UsageRoute = UsageRoutes_OrganizationFragment["usageRoutes"][number];

const NAMES: Readonly<Record<UsageRouteKind, string>> = {
  INVOICE_ITEM: "Invoice item",
  STRIPE_METER: "Stripe meter",
};

export const routeName = (route: UsageRouteKind): string => NAMES[route];

/** The one of two that is not meant for the next period. */
export const otherRoute = ({ next }: UsageRoute): UsageRouteKind =>
  next === "STRIPE_METER" ? "INVOICE_ITEM" : "STRIPE_METER";

/** How many go by a meter of Stripe's, now or from the next period on, as a title. */
export function routesTitle(routes: readonly UsageRoute[]): string {
  const metered = routes.filter(({ route, next }) => route === "STRIPE_METER" || next === "STRIPE_METER").length;
  if (metered === 0) return "Usage is billed by invoice items";
  return `${metered} of ${routes.length} meters ${metered === 1 ? "is" : "are"} billed by Stripe's`;
}

/** What is said under a route that Stripe has not followed, or still has. */
export function stripeNote({ route, next, atStripe }: UsageRoute): string | null {
  const isMetered = route === "STRIPE_METER" || next === "STRIPE_METER";
  if (isMetered && !atStripe)
    return "Not on the subscription at Stripe yet. A period that ends before goes by an item.";
  if (!isMetered && atStripe) return "Still on the subscription at Stripe, where it bills nothing.";
  return null;
}

/** "Bill compute by a meter of Stripe's" */
export const actWords = (route: UsageRoute): string =>
  otherRoute(route) === "STRIPE_METER"
    ? `Bill ${lowered(route.meter)} by a meter of Stripe's`
    : `Bill ${lowered(route.meter)} by invoice items`;

/** "API calls" keep their capitals. */
const lowered = (meter: string): string => {
  const name = meterName(meter);
  return /^[A-Z]{2}/.test(name) ? name : name.toLowerCase();
};
