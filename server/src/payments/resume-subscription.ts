import { recordAudit } from "../audit/record-audit.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { mustCarryOut, readAgain } from "./carry-out.ts";
import { releaseSchedule } from "./decide-plan-change.ts";
import { NothingToCancel } from "./plan-change.refusals.ts";
import { inTurn } from "./plan-change-turn.ts";
import { decideCall } from "./stripe-outbox.ts";
import { liveSubscriptions, type SubscriptionMirror } from "./stripe-subscription.ts";

/**
 * Lets a subscription go on as it was: ends its pause, with a new period from now on when the one
 * that runs began during the pause and so was not paid; else takes a scheduled cancellation back,
 * else a scheduled change to a smaller plan.
 *
 * @throws NothingToCancel when there is none of these; EdgeFault as `cancelSubscription`
 */
export async function resumeSubscription(scope: Scope): Promise<void> {
  const { platform } = scope;
  const organizationId = tenantOf(scope);
  await inTurn(platform, organizationId, "resumption", async () => {
    const decided = await inTenantTransaction(platform.pool, organizationId, (sql) =>
      decide(sql, scope, organizationId),
    );
    for (const key of decided.keys) await mustCarryOut(platform, organizationId, key);
    await readAgain(platform, organizationId, decided.stripeId);
  });
}

type Decided = { readonly keys: readonly string[]; readonly stripeId: string };

async function decide(sql: Sql, scope: Scope, organizationId: string): Promise<Decided> {
  const current = await lockSubscription(sql, organizationId, scope.clock());
  if (!current) throw notFound("The organization");
  const [live] = await liveSubscriptions(sql, organizationId);
  const what =
    current.pausedAt !== null
      ? "pause"
      : current.cancelAt !== null
        ? "cancellation"
        : current.nextPlanVersionId !== null
          ? "downgrade"
          : null;
  if (what === null || !live)
    throw new NothingToCancel("Nothing is scheduled or paused: the subscription goes on as it is.");
  await recordAudit(sql, scope, { organizationId, action: `${what}.withdrawn`, target: current.plan.terms.name });
  // The fee of a period that began during the pause was void: a new one begins, and is paid.
  const unpaid = current.pausedAt !== null && current.pausedAt.getTime() < current.currentPeriodStart.getTime();
  return { keys: await withdraw(sql, organizationId, live, what, unpaid), stripeId: live.stripeId };
}

async function withdraw(
  sql: Sql,
  organizationId: string,
  live: SubscriptionMirror,
  what: "pause" | "cancellation" | "downgrade",
  unpaid: boolean,
): Promise<string[]> {
  if (what === "downgrade") return releaseSchedule(sql, organizationId, live);
  const key = `resume:${live.stripeId}:${newId()}`;
  await decideCall(sql, organizationId, {
    kind: "subscription.update",
    key,
    params: {
      id: live.stripeId,
      params:
        what === "pause"
          ? {
              pause_collection: "",
              ...(unpaid && { billing_cycle_anchor: { type: "now" }, proration_behavior: "none" }),
            }
          : { cancel_at_period_end: false },
    },
  });
  return [key];
}
