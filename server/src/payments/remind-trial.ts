import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { customerOf } from "./stripe-customer.ts";
import { tellOnce } from "./tell-once.ts";

/** Tells who pays that the trial ends soon and what follows: once for each trial, however often it is asked. */
export async function remindOfTrialEnd(platform: Platform, organizationId: string): Promise<void> {
  await inTenantTransaction(platform.pool, organizationId, async (sql) => {
    const now = platform.clock();
    const current = await lockSubscription(sql, organizationId, now);
    if (current?.status !== "TRIALING" || current.trialEndsAt === null) return;
    const customer = await customerOf(sql, organizationId);
    const plan = current.plan.terms.name;
    const hasCard = customer?.paymentMethod !== null && customer?.paymentMethod !== undefined;
    const news = { kind: "trial-ends", plan, endsAt: current.trialEndsAt, hasCard } as const;
    await tellOnce(sql, platform, organizationId, "trial.reminded", current.trialEndsAt.toISOString(), news);
  });
}
