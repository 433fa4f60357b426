import { inPlatformTransaction, inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { raiseAlarm } from "./alarms.ts";
import { withLease } from "./leases.ts";
import { executeCall, type StoredCall } from "./stripe-calls.ts";
import type { CallKind } from "./stripe-call.ts";
import { ACT } from "./stripe-outbox.ts";
import { callFault } from "./stripe-client.ts";

/** What became of a call. A refused one will fail the same way again; Stripe's words say why. */
export type CallOutcome =
  | { readonly state: "DONE"; readonly resultId: string | null }
  | { readonly state: "REFUSED"; readonly message: string; readonly code: string | null }
  | { readonly state: "PENDING"; readonly message: string | null };

/** Somebody else who makes the organization's calls is waited for this long. */
const PATIENCE_MS = 25_000;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** So many organizations' calls are looked for at once. */
const MOST_ORGANIZATIONS = 100;

/**
 * Makes the organization's calls that are due, one after another in the order they were decided.
 * Stops at the first that has to be repeated later, since those after it may build on it.
 *
 * @param eager also those that wait for their next try
 * @returns how many were made
 */
export async function makeCalls(platform: Platform, organizationId: string, eager = false): Promise<number> {
  const held = await withLease(platform, `calls:${organizationId}`, PATIENCE_MS, async () => {
    let made = 0;
    for (;;) {
      const call = await nextCall(platform, organizationId, eager);
      if (call === null) return made;
      const outcome = await makeCall(platform, organizationId, call);
      if (outcome === "later") return made;
      made += 1;
    }
  });
  return held?.value ?? 0;
}

async function nextCall(platform: Platform, organizationId: string, eager: boolean): Promise<StoredCall | null> {
  const [first] = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql<StoredCall & { due: boolean }>(
      `select id, kind, key, params, attempts, next_try_at <= clock_timestamp() as due from stripe_outbox
       where organization_id = $1 and state = 'PENDING' order by id limit 1`,
      [organizationId],
    ),
  );
  return first && (first.due || eager) ? first : null;
}

async function makeCall(platform: Platform, organizationId: string, call: StoredCall): Promise<"made" | "later"> {
  try {
    const resultId = await executeCall(platform, organizationId, call);
    await settle(platform, organizationId, call.id, "DONE", resultId, null);
    return "made";
  } catch (error) {
    const fault = callFault(error);
    if (fault?.kind === "refused") {
      await settle(platform, organizationId, call.id, "REFUSED", null, `${fault.code ?? "error"}: ${fault.message}`);
      if (!isAskedByPeople(call)) await alarmRefused(platform, organizationId, call, fault.message);
      return "made";
    }
    const message = error instanceof Error ? error.message : String(error);
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** call.attempts);
    await inTenantTransaction(platform.pool, organizationId, async (sql) => {
      await sql(
        `update stripe_outbox set attempts = attempts + 1, last_error = $3, next_try_at = clock_timestamp() + $4 * interval '1 millisecond'
         where organization_id = $1 and id = $2`,
        [organizationId, call.id, message.slice(0, 1_000), Math.round(delay * (0.75 + Math.random() / 2))],
      );
    });
    return "later";
  }
}

/** The alarm about a refused call. */
export const refusedAlarm = (callId: string): string => `call:${callId}`;

/** Calls whose refusal a person sees at once and acts on, such as a card that is declined. */
const askedByPeople: ReadonlySet<CallKind> = new Set<CallKind>([
  "checkout.create",
  "checkout.expire",
  "subscription.create",
  "subscription.update",
  "invoice.pay",
  "credit_note.create",
  "refund.create",
]);

/** Staff's acts on invoices, whatever their kind, are answered with the refusal. */
const isAskedByPeople = ({ kind, key }: StoredCall): boolean => askedByPeople.has(kind) || key.startsWith(ACT);

/** Nobody waits for the answer of the others, so staff are told. */
async function alarmRefused(
  platform: Platform,
  organizationId: string,
  { id, kind, key }: StoredCall,
  message: string,
): Promise<void> {
  await inPlatformTransaction(platform.pool, (sql) =>
    raiseAlarm(sql, platform.clock(), {
      key: refusedAlarm(id),
      kind: "call-refused",
      organizationId,
      message: `Stripe refused ${kind}: ${message}`,
      detail: { id, kind, key },
    }),
  );
}

async function settle(
  platform: Platform,
  organizationId: string,
  id: string,
  state: "DONE" | "REFUSED",
  resultId: string | null,
  error: string | null,
): Promise<void> {
  await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql(
      `update stripe_outbox set state = $3, attempts = attempts + 1, result_id = $4, last_error = $5, done_at = clock_timestamp()
       where organization_id = $1 and id = $2`,
      [organizationId, id, state, resultId, error],
    ),
  );
}

/** Makes the organization's calls and tells what became of the one with `key`. */
export async function outcomeOf(platform: Platform, organizationId: string, key: string): Promise<CallOutcome> {
  await makeCalls(platform, organizationId, true);
  const [row] = await inTenantTransaction(platform.pool, organizationId, (sql) =>
    sql<{ state: string; result_id: string | null; last_error: string | null }>(
      "select state, result_id, last_error from stripe_outbox where organization_id = $1 and key = $2",
      [organizationId, key],
    ),
  );
  if (!row) throw new Error(`no call ${key} was decided`);
  if (row.state === "DONE") return { state: "DONE", resultId: row.result_id };
  if (row.state === "PENDING") return { state: "PENDING", message: row.last_error };
  const [code = "error", ...words] = (row.last_error ?? "").split(": ");
  return { state: "REFUSED", code, message: words.join(": ") };
}

/**
 * Organizations whose next call is due: those behind it wait until it is made.
 *
 * @param eager also those whose next call waits for its next try
 */
export async function organizationsWithCalls(platform: Platform, eager = false): Promise<string[]> {
  const rows = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ organization_id: string }>(
      `select organization_id from (
         select distinct on (organization_id) organization_id, next_try_at from stripe_outbox where state = 'PENDING' order by organization_id, id) first
       where $1 or next_try_at <= clock_timestamp() limit $2`,
      [eager, MOST_ORGANIZATIONS],
    ),
  );
  return rows.map(({ organization_id }) => organization_id);
}
