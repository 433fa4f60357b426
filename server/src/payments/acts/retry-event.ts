import { setTimeout as wait } from "node:timers/promises";
import { recordAudit } from "../../audit/record-audit.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { enqueue } from "../../platform/jobs/enqueue.ts";
import type { Scope } from "../../platform/scope.ts";
import { eventById, type StoredEvent } from "../lists/event-list.ts";
import { WORK_INBOX_JOB } from "../receive-events.ts";
import { workInbox } from "../work-inbox.ts";

/** A person who asks waits this long. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/**
 * Works an event again, whatever became of it: its object is read as it is now, so nothing is done
 * twice. An alarm about it is cleared when that goes well.
 *
 * @throws EdgeFault NOT_FOUND
 */
export async function retryEvent(scope: Scope, id: string): Promise<StoredEvent> {
  const { platform } = scope;
  await inPlatformTransaction(platform.pool, async (sql) => {
    const event = await eventById(sql, id);
    if (!event) throw notFound("The event");
    await sql(
      `update stripe_inbox set state = 'RECEIVED', attempts = 0, next_try_at = clock_timestamp(), handled_at = null, last_error = null
       where event_id = $1`,
      [id],
    );
    await enqueue(sql, WORK_INBOX_JOB, {}, { jobKey: WORK_INBOX_JOB });
    await recordAudit(sql, scope, {
      organizationId: event.organizationId,
      action: "stripe-event.retried",
      target: event.type,
      detail: { id, was: event.state },
    });
  });
  await workUntilTried(scope, id);
  return inPlatformTransaction(platform.pool, async (sql) => {
    const event = await eventById(sql, id);
    if (!event) throw notFound("The event");
    if (event.state === "HANDLED" || event.state === "IGNORED")
      await sql(
        `update alarms set cleared_at = $2 where kind = 'webhook-failed' and cleared_at is null
           and detail @> jsonb_build_object('events', jsonb_build_array($1::text))`,
        [id, scope.clock()],
      );
    return event;
  });
}

/** Works the inbox until the event was tried: somebody else may be at work on its customer. */
async function workUntilTried({ platform }: Scope, id: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    await workInbox(platform);
    const event = await inPlatformTransaction(platform.pool, (sql) => eventById(sql, id));
    if (event?.state !== "RECEIVED" || event.attempts > 0 || Date.now() > deadline) return;
    await wait(POLL_MS);
  }
}
