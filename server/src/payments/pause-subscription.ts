import { recordAudit } from "../audit/record-audit.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { mustCarryOut, readAgain } from "./carry-out.ts";
import { NothingToPause } from "./plan-change.refusals.ts";
import { inTurn } from "./plan-change-turn.ts";
import { decideCall } from "./stripe-outbox.ts";
import { grantedSubscription } from "./stripe-subscription.ts";

/**
 * Pauses a paid subscription: no fee falls due and no usage is accepted until it is resumed. Its
 * periods go on, and usage from before is billed afterwards.
 *
 * @throws NothingToPause on Free, during a trial and when it is paused already; EdgeFault as
 *   `cancelSubscription`
 */
export async function pauseSubscription(scope: Scope): Promise<void> {
  const { platform } = scope;
  const organizationId = tenantOf(scope);
  await inTurn(platform, organizationId, "pause", async () => {
    const { key, stripeId } = await inTenantTransaction(platform.pool, organizationId, async (sql) => {
      const current = await lockSubscription(sql, organizationId, scope.clock());
      if (!current) throw notFound("The organization");
      if (current.pausedAt !== null) throw new NothingToPause("The subscription is paused already.");
      const granted = await grantedSubscription(sql, organizationId);
      if (granted === null) throw new NothingToPause("There is no paid subscription to pause.");
      const intent = `pause:${granted.stripeId}:${newId()}`;
      await decideCall(sql, organizationId, {
        kind: "subscription.update",
        key: intent,
        params: { id: granted.stripeId, params: { pause_collection: { behavior: "void" } } },
      });
      await recordAudit(sql, scope, { organizationId, action: "pause.ordered", target: current.plan.terms.name });
      return { key: intent, stripeId: granted.stripeId };
    });
    await mustCarryOut(platform, organizationId, key);
    await readAgain(platform, organizationId, stripeId);
  });
}
