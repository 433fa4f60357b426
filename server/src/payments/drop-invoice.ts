import type { Sql } from "../platform/database/sql.ts";
import { decideCall } from "./stripe-outbox.ts";

/**
 * Decides that an invoice is never to be paid. A draft of a subscription cannot be deleted: it is
 * finalized first, uncollected, and only then can it be voided.
 *
 * @param why a word for the keys: the same reason is the same intent
 * @returns the keys of the calls, in order
 */
export async function decideDrop(
  sql: Sql,
  organizationId: string,
  { stripeId: id, draft }: { readonly stripeId: string; readonly draft: boolean },
  why: string,
): Promise<string[]> {
  const finalized = `${why}-finalize:${id}`;
  const voided = `${why}-void:${id}`;
  if (draft)
    await decideCall(sql, organizationId, {
      kind: "invoice.finalize",
      key: finalized,
      params: { id, params: { auto_advance: false } },
    });
  await decideCall(sql, organizationId, { kind: "invoice.void", key: voided, params: { id, params: {} } });
  return draft ? [finalized, voided] : [voided];
}
