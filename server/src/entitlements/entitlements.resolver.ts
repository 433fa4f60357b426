import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { answering } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { inTenant } from "../platform/scope.ts";
import { usageEventsTotal } from "../platform/http/metrics.ts";
import { namedOrganization } from "../usage/named-organization.ts";
import type { ScopedOutcome } from "../usage/record-usage.resolver.ts";
import { authorizeUsage } from "./authorize-usage.ts";
import { decisionView, holdView, spendingView } from "./decision-view.ts";
import {
  AuthorizeUsageInput,
  EntitlementQuestionInput,
  EntitlementUseType,
  ReleaseHoldInput,
  ReleaseHoldResult,
  ReportEntitlementLevelInput,
  SetSpendingCapInput,
  SettleHoldInput,
  SettleHoldResult,
  SpendingType,
  UsageDecisionType,
} from "./entitlements.type.ts";
import { HoldExpired } from "./hold.refusals.ts";
import { checkEntitlements } from "./read-entitlements.ts";
import { readHoldMs, readWork } from "./read-work.ts";
import { reportLevel } from "./report-level.ts";
import { releaseHold, settleHold } from "./settle-hold.ts";
import { setSpendingCap } from "./spending.ts";
import { setRateLimitHeaders } from "../platform/rate-limits/rate-limit-headers.ts";

const MOST_QUESTIONS = 1_000;

@Resolver()
export class EntitlementsResolver {
  @Mutation(() => UsageDecisionType, {
    description:
      "May this work start? Atomic. With hold: true the units are reserved until settled, released or expired; without it nothing is promised.",
  })
  async authorizeUsage(
    @Arg("input", () => AuthorizeUsageInput) input: AuthorizeUsageInput,
    @Ctx() context: Context,
  ): Promise<UsageDecisionType> {
    const organizationId = namedOrganization(context, input.organizationId ?? null);
    const work = readWork(input, context.clock());
    const decision = await authorizeUsage(context.platform, {
      organizationId,
      work,
      holdMs: readHoldMs(input),
      keyPrefix: context.viewer?.keyPrefix ?? null,
    });
    if (decision.rate) setRateLimitHeaders(context.reply, decision.rate);
    return decisionView(decision, work);
  }

  @Mutation(() => SettleHoldResult, {
    description:
      "Turns a hold into the usage event of the work that was done, also one that failed. Once, however often it is asked: the same event again is a duplicate.",
  })
  settleHold(@Arg("input", () => SettleHoldInput) input: SettleHoldInput, @Ctx() context: Context) {
    const organizationId = namedOrganization(context, input.organizationId ?? null);
    const scope = inTenant(context, organizationId);
    return answering([HoldExpired], async (): Promise<ScopedOutcome> => {
      const outcome = await settleHold(scope, organizationId, input.holdId, input.event);
      usageEventsTotal.inc({ status: outcome.status });
      return { ...outcome, scope };
    });
  }

  @Mutation(() => ReleaseHoldResult, {
    description: "Gives a hold back when its work does not start. Again: the same answer.",
  })
  releaseHold(@Arg("input", () => ReleaseHoldInput) input: ReleaseHoldInput, @Ctx() context: Context) {
    const organizationId = namedOrganization(context, input.organizationId ?? null);
    return answering([HoldExpired], async () => holdView(await releaseHold(context, organizationId, input.holdId)));
  }

  @Query(() => EntitlementUseType, {
    description: "One right of an organization under the plan in force: cheap enough to ask before each piece of work.",
  })
  async checkEntitlement(
    @Arg("input", () => EntitlementQuestionInput) input: EntitlementQuestionInput,
    @Ctx() context: Context,
  ): Promise<EntitlementUseType> {
    const [answer] = await answersTo([input], context);
    if (!answer) throw notFound("The organization");
    return answer;
  }

  @Query(() => [EntitlementUseType], {
    description: "Up to 1,000 rights, of many organizations with a service key, in the order of the questions.",
  })
  checkEntitlements(
    @Arg("input", () => [EntitlementQuestionInput]) input: EntitlementQuestionInput[],
    @Ctx() context: Context,
  ): Promise<EntitlementUseType[]> {
    if (input.length > MOST_QUESTIONS) throw badInput(`input may hold ${MOST_QUESTIONS} questions.`);
    return answersTo(input, context);
  }

  @Mutation(() => EntitlementUseType, {
    description: "How much of a limited right is in use from now on, such as active projects. The last report stands.",
  })
  async reportEntitlementLevel(
    @Arg("input", () => ReportEntitlementLevelInput) input: ReportEntitlementLevelInput,
    @Ctx() context: Context,
  ): Promise<EntitlementUseType> {
    const organizationId = namedOrganization(context, input.organizationId ?? null);
    await reportLevel(context, organizationId, input.key, BigInt(input.level));
    const [answer] = await checkEntitlements(context.platform, [{ organizationId, key: input.key }]);
    if (!answer) throw notFound("The organization");
    return answer;
  }

  @Mutation(() => SpendingType, {
    description:
      "Sets the most that usage may cost in a billing period, from now on. At the cap authorizeUsage says no to work that would cost something; what is recorded is billed all the same.",
  })
  async setSpendingCap(
    @Arg("input", () => SetSpendingCapInput) input: SetSpendingCapInput,
    @Ctx() context: Context,
  ): Promise<SpendingType> {
    return spendingView(await setSpendingCap(context, input.cap ?? null));
  }
}

/** @throws EdgeFault NOT_FOUND when one names an organization that does not exist */
async function answersTo(
  questions: readonly EntitlementQuestionInput[],
  context: Context,
): Promise<EntitlementUseType[]> {
  const answers = await checkEntitlements(
    context.platform,
    questions.map(({ organizationId, key }) => ({
      organizationId: namedOrganization(context, organizationId ?? null),
      key,
    })),
  );
  return answers.map((answer) => {
    if (!answer) throw notFound("The organization");
    return answer;
  });
}
