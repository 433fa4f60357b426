import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import { type CallOutcome, outcomeOf } from "./make-calls.ts";
import { mirrorOfSubscription, type SubscriptionMirror } from "./stripe-subscription.ts";
import { syncNow } from "./sync-now.ts";

/** A call that Stripe has answered, one way or the other. */
export type Answered = Exclude<CallOutcome, { readonly state: "PENDING" }>;

/** What a person is told while Stripe does not answer: nothing is lost, and the outbox goes on. */
export const stripeUnknown = (what = "Stripe does not answer"): EdgeFault =>
  new EdgeFault(
    "UPSTREAM_UNAVAILABLE",
    `${what}. What was asked for is kept and goes on by itself; what came of it will be shown here.`,
  );

/** Makes a decided call. @throws EdgeFault UPSTREAM_UNAVAILABLE while it is not known what became of it */
export async function carryOut(platform: Platform, organizationId: string, key: string): Promise<Answered> {
  const outcome = await outcomeOf(platform, organizationId, key);
  if (outcome.state === "PENDING") throw stripeUnknown();
  return outcome;
}

/** Makes a decided call that Stripe has no reason to refuse. @throws EdgeFault CONFLICT with its reason when it does */
export async function mustCarryOut(platform: Platform, organizationId: string, key: string): Promise<string | null> {
  const outcome = await carryOut(platform, organizationId, key);
  if (outcome.state === "DONE") return outcome.resultId;
  throw new EdgeFault("CONFLICT", `Stripe refused: ${outcome.message} Nothing was changed.`);
}

/** Reads a subscription at Stripe again with its latest invoice, and takes both over. @returns the mirror's row */
export async function readAgain(
  platform: Platform,
  organizationId: string,
  stripeId: string,
): Promise<SubscriptionMirror | null> {
  const mirror = () =>
    inTenantTransaction(platform.pool, organizationId, (sql) => mirrorOfSubscription(sql, organizationId, stripeId));
  await syncNow(platform, organizationId, [{ kind: "subscription", id: stripeId }]);
  const read = await mirror();
  if (read === null || read.latestInvoiceId === null) return read;
  await syncNow(platform, organizationId, [{ kind: "invoice", id: read.latestInvoiceId }]);
  return mirror();
}
