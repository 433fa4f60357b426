import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Platform } from "../platform/scope.ts";
import { raiseAlarm } from "./alarms.ts";
import { handleObject, type HintedObject } from "./handle-object.ts";
import { withLease } from "./leases.ts";
import { customerBehind, organizationOfLane } from "./lane-owner.ts";
import { callFault } from "./stripe-client.ts";
import { objectsRead } from "./stripe-metrics.ts";

/** Lanes that one process works side by side. */
const SIDE_BY_SIDE = 4;

/** After this many failures an event waits for staff. */
const MOST_ATTEMPTS = 12;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30 * 60_000;

/** Works all that lies in the inbox and is due. @returns how many events were settled */
export async function workInbox(platform: Platform): Promise<number> {
  let settled = 0;
  for (;;) {
    const lanes = await dueLanes(platform);
    if (lanes.length === 0) return settled;
    const done = await Promise.all(
      lanes.map((lane) => withLease(platform, `lane:${lane}`, 0, () => workLane(platform, lane))),
    );
    // Nothing was free: whoever holds the lanes works them.
    if (done.every((one) => one === null)) return settled;
    settled += done.reduce((sum, one) => sum + (one?.value ?? 0), 0);
  }
}

async function dueLanes(platform: Platform): Promise<string[]> {
  const rows = await inPlatformTransaction(platform.pool, (sql) =>
    sql<{ lane: string }>(
      `select lane from stripe_inbox i where state = 'RECEIVED' and next_try_at <= clock_timestamp()
         and not exists (select from stripe_leases l where l.name = 'lane:' || i.lane and l.until > clock_timestamp())
       group by lane order by min(received_at) limit $1`,
      [SIDE_BY_SIDE],
    ),
  );
  return rows.map(({ lane }) => lane);
}

type Hint = { event_id: string; type: string; object_kind: string; object_id: string; attempts: number };

/** Works one lane: however many events hint at an object, it is read once. */
async function workLane(platform: Platform, lane: string): Promise<number> {
  const hints = await inPlatformTransaction(platform.pool, (sql) =>
    sql<Hint>(
      `select event_id, type, object_kind, object_id, attempts from stripe_inbox
       where lane = $1 and state = 'RECEIVED' and next_try_at <= clock_timestamp() order by received_at, event_id limit 2000`,
      [lane],
    ),
  );
  const found = await placeOf(platform, lane, hints).catch((error: unknown) => ({ error }));
  if ("error" in found) {
    await postpone(
      platform,
      hints.map(({ event_id }) => event_id),
      attemptsOf(hints),
      found.error,
    );
    return 0;
  }
  const { owner } = found;
  if (found.lane !== lane) return moveTo(platform, found.lane, hints);
  for (const object of objectsOf(hints)) {
    const events = hints.filter((hint) => hint.object_id === object.id).map(({ event_id }) => event_id);
    try {
      objectsRead.inc({ kind: object.kind });
      const effect = await handleObject(platform, owner, object);
      await settle(platform, events, effect, owner);
    } catch (error) {
      await postpone(platform, events, attemptsOf(hints), error);
    }
  }
  return hints.length;
}

const attemptsOf = (hints: readonly Hint[]): number => Math.max(...hints.map(({ attempts }) => attempts));

/** Whose events they are, and the lane that they belong to. */
async function placeOf(
  platform: Platform,
  lane: string,
  hints: readonly Hint[],
): Promise<{ readonly owner: string | null; readonly lane: string }> {
  const owner = await organizationOfLane(platform, lane, hints);
  if (owner !== null || lane.startsWith("cus_")) return { owner, lane };
  return { owner, lane: (await customerBehind(platform, hints)) ?? lane };
}

/** @returns 0: none was worked yet */
async function moveTo(platform: Platform, lane: string, hints: readonly Hint[]): Promise<number> {
  await inPlatformTransaction(platform.pool, (sql) =>
    sql("update stripe_inbox set lane = $2 where event_id = any($1::text[]) and state = 'RECEIVED'", [
      hints.map(({ event_id }) => event_id),
      lane,
    ]),
  );
  return 0;
}

/** What must be known first comes first: who pays, for what, how much, and what was given back. */
const ORDER = [
  "customer",
  "payment_method",
  "setup_intent",
  "subscription",
  "subscription_schedule",
  "checkout.session",
  "invoice",
];

function objectsOf(hints: readonly Hint[]): HintedObject[] {
  const objects = new Map<string, HintedObject>();
  for (const { object_kind: kind, object_id: id, type } of hints) {
    const known = objects.get(id);
    objects.set(id, { kind, id, types: [...(known?.types ?? []), type] });
  }
  const rank = ({ kind }: HintedObject): number => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1);
  return [...objects.values()].toSorted((a, b) => rank(a) - rank(b));
}

async function settle(
  platform: Platform,
  events: readonly string[],
  effect: "handled" | "ignored" | { readonly quarantined: string },
  organizationId: string | null,
): Promise<void> {
  const state = typeof effect === "string" ? effect.toUpperCase() : "QUARANTINED";
  const error = typeof effect === "string" ? null : effect.quarantined;
  await inPlatformTransaction(platform.pool, async (sql) => {
    if (error !== null)
      await raiseAlarm(sql, platform.clock(), {
        key: `quarantine:${events[0]}`,
        kind: "quarantine",
        organizationId,
        message: error,
        detail: { events },
      });
    await sql(
      `update stripe_inbox set state = $2, last_error = $3, organization_id = $4, attempts = attempts + 1, handled_at = clock_timestamp()
       where event_id = any($1::text[])`,
      [events, state, error, organizationId],
    );
  });
}

async function postpone(
  platform: Platform,
  events: readonly string[],
  attempts: number,
  error: unknown,
): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const given = attempts + 1 >= MOST_ATTEMPTS;
  // What Stripe refuses will be refused again, but a human may change that; a connection may come back sooner.
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
  await inPlatformTransaction(platform.pool, async (sql) => {
    await sql(
      `update stripe_inbox set attempts = attempts + 1, last_error = $2, state = case when $3 then 'FAILED' else state end,
         next_try_at = clock_timestamp() + $4 * interval '1 millisecond' where event_id = any($1::text[])`,
      [events, message.slice(0, 1_000), given, Math.round(delay * (0.75 + Math.random() / 2))],
    );
    if (given)
      await raiseAlarm(sql, platform.clock(), {
        key: `event:${events[0]}`,
        kind: "webhook-failed",
        organizationId: null,
        message: `Events about an object of Stripe's failed ${MOST_ATTEMPTS} times: ${message}`,
        detail: { events, fault: callFault(error)?.kind ?? "bug" },
      });
  });
}
