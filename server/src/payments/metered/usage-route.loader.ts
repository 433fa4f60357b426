import DataLoader from "dataloader";
import { sqlIn } from "../../platform/database/sql.ts";
import { perRequest } from "../../platform/graphql/context.ts";
import type { Scope } from "../../platform/scope.ts";
import { choicesOf, type RouteChoice } from "./route-choices.ts";
import { metersAtStripe } from "./stripe-meters.ts";

/** The meters that Stripe has from us, read once for a request. */
export const stripeMetersOnce = perRequest(({ platform }: Scope) => metersAtStripe(platform));

/** The choices of an organization, oldest first. */
export const routeChoicesLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, readonly RouteChoice[]>(async (organizationIds) => {
      const choices = await choicesOf(sqlIn(em), organizationIds);
      return organizationIds.map((id) => choices.get(id) ?? []);
    }),
);
