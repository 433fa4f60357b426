import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { answering } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { AlreadyOnPlan } from "../subscriptions/subscription.refusals.ts";
import {
  OpenBillingPortalInput,
  OpenBillingPortalResult,
  StartCheckoutInput,
  StartCheckoutResult,
} from "./hosted-page.type.ts";
import { openBillingPortal } from "./open-billing-portal.ts";
import { startCheckout } from "./start-checkout.ts";

@Resolver()
export class HostedPageResolver {
  @Mutation(() => StartCheckoutResult, {
    description:
      "Opens a hosted page for the first payment of a plan; during a trial, for the card that its end will charge. Only the paid invoice gives the plan.",
  })
  startCheckout(@Arg("input", () => StartCheckoutInput) input: StartCheckoutInput, @Ctx() context: Context) {
    return answering([AlreadyOnPlan], async () => ({ url: await startCheckout(context, input) }));
  }

  @Mutation(() => OpenBillingPortalResult, { description: "Opens Stripe's pages for payment methods and receipts." })
  async openBillingPortal(
    @Arg("input", () => OpenBillingPortalInput) { returnUrl }: OpenBillingPortalInput,
    @Ctx() context: Context,
  ) {
    return { url: await openBillingPortal(context, returnUrl) };
  }
}
