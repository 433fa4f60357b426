import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { answering } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { moneyFromMinor } from "../platform/graphql/money.type.ts";
import { inTenant, type Scope, tenantOf } from "../platform/scope.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { subscriptionLoader } from "../subscriptions/subscription.loader.ts";
import { AlreadyOnPlan } from "../subscriptions/subscription.refusals.ts";
import { actingFor } from "./acting-for.ts";
import { cancelSubscription } from "./cancel-subscription.ts";
import { changePlan } from "./change-plan.ts";
import { claimMoneyBack } from "./claim-money-back.ts";
import { pauseSubscription } from "./pause-subscription.ts";
import {
  MoneyBackNotDue,
  NothingToCancel,
  NothingToPause,
  PaymentFailed,
  UsageDoesNotFit,
} from "./plan-change.refusals.ts";
import {
  CancelSubscriptionInput,
  CancelSubscriptionResult,
  ChangePlanInput,
  ChangePlanResult,
  ClaimMoneyBackInput,
  ClaimMoneyBackResult,
  PauseSubscriptionInput,
  PauseSubscriptionResult,
  PlanChangeInput,
  PlanChangePreviewResult,
  ResumeSubscriptionInput,
  ResumeSubscriptionResult,
} from "./plan-change.type.ts";
import { previewView } from "./plan-change-view.ts";
import { previewPlanChange } from "./preview-plan-change.ts";
import { resumeSubscription } from "./resume-subscription.ts";
import { billingStandingLoader } from "./subscription-standing.loader.ts";

@Resolver()
export class PlanChangeResolver {
  @Mutation(() => PlanChangePreviewResult, {
    description: "Says what changing to a plan costs and means, and keeps it for 15 minutes. Nothing is changed.",
  })
  previewPlanChange(
    @Arg("input", () => PlanChangeInput) { plan, organizationId }: PlanChangeInput,
    @Ctx() context: Context,
  ) {
    return answering([AlreadyOnPlan], async () =>
      previewView(await previewPlanChange(actingFor(context, organizationId), plan)),
    );
  }

  @Mutation(() => ChangePlanResult, {
    description:
      "Changes the plan: a dearer one at once, when the prorated amount is paid; a cheaper one at the period's end. With a quoteId it charges exactly what the preview showed; a quote that does not hold any more is a CONFLICT.",
  })
  changePlan(@Arg("input", () => ChangePlanInput) input: ChangePlanInput, @Ctx() context: Context) {
    return answering([AlreadyOnPlan, UsageDoesNotFit, PaymentFailed], async () => {
      const scope = actingFor(context, input.organizationId);
      const { plan, quoteId = null, confirmLosses } = input;
      await changePlan(scope, { plan, quoteId, confirmLosses: confirmLosses === true });
      return changed(context, scope);
    });
  }

  @Mutation(() => CancelSubscriptionResult, {
    description:
      "Ends the subscription at the end of its period or trial, until when it can be taken back, or now. Free follows. Usage up to the end is billed.",
  })
  cancelSubscription(
    @Arg("input", () => CancelSubscriptionInput) { atPeriodEnd, organizationId }: CancelSubscriptionInput,
    @Ctx() context: Context,
  ) {
    return answering([NothingToCancel], async () => {
      const scope = actingFor(context, organizationId);
      await cancelSubscription(scope, atPeriodEnd);
      return changed(context, scope);
    });
  }

  @Mutation(() => ResumeSubscriptionResult, {
    description: "Ends a pause; else takes back a scheduled cancellation, else a scheduled change to a smaller plan.",
  })
  resumeSubscription(
    @Arg("input", () => ResumeSubscriptionInput) { organizationId }: ResumeSubscriptionInput,
    @Ctx() context: Context,
  ) {
    return answering([NothingToCancel], async () => {
      const scope = actingFor(context, organizationId);
      await resumeSubscription(scope);
      return changed(context, scope);
    });
  }

  @Mutation(() => PauseSubscriptionResult, {
    description: "Pauses a paid subscription: no fee falls due and no usage is accepted until it is resumed.",
  })
  pauseSubscription(
    @Arg("input", () => PauseSubscriptionInput) { organizationId }: PauseSubscriptionInput,
    @Ctx() context: Context,
  ) {
    return answering([NothingToPause], async () => {
      const scope = actingFor(context, organizationId);
      await pauseSubscription(scope);
      return changed(context, scope);
    });
  }

  @Mutation(() => ClaimMoneyBackResult, {
    description:
      "Claims the money-back guarantee, once, within 30 days of the first payment: everything paid is refunded, and the organization goes to Free at once.",
  })
  claimMoneyBack(
    @Arg("input", () => ClaimMoneyBackInput) { reason, organizationId }: ClaimMoneyBackInput,
    @Ctx() context: Context,
  ) {
    return answering([MoneyBackNotDue], async () => {
      const scope = actingFor(context, organizationId);
      const refundedMinor = await claimMoneyBack(scope, reason ?? null);
      return { refunded: moneyFromMinor(refundedMinor), subscription: await changed(context, scope) };
    });
  }
}

/** The subscription as it is after a change, also for a field that was read before it. */
function changed(context: Context, scope: Scope): Promise<CurrentSubscription> {
  const organizationId = tenantOf(scope);
  billingStandingLoader(context).clear(organizationId);
  return subscriptionLoader(inTenant(scope, organizationId)).load(organizationId);
}
