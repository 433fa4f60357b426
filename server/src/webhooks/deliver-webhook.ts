import { DAY_MS, SECOND_MS, systemClock } from "../kernel/clock.ts";
import { instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { postOutside } from "../platform/http/post-outside.ts";
import { TargetNotPublic } from "../platform/http/public-target.ts";
import type { Platform } from "../platform/scope.ts";
import { parseEndpointUrl } from "./endpoint-url.ts";
import { disableEndpoint } from "./disable-endpoint.ts";
import { enqueueDeliveries } from "./enqueue-deliveries.ts";
import { triesOf, waitAfterMs } from "./retry-schedule.ts";
import { signedHeaders, type SigningSecrets } from "./signing-secret.ts";
import { messageName, type WebhookEventType } from "./webhook-event.ts";
import { WebhookUrlRefused } from "./webhook.refusals.ts";

/** A receiver that has not answered by then is left. */
const TIMEOUT_MS = 10 * SECOND_MS;
/** One that takes this long is slow: its messages go out beside those of other slow ones. */
const SLOW_MS = 3 * SECOND_MS;
/** An endpoint that nothing has reached for so long is switched off when a message gives up. */
const FAILING_MS = 3 * DAY_MS;
/** The receiver's word that the endpoint will never come back. */
const GONE = 410;

/** Which try of which delivery, in which lane. */
export type DueTry = {
  readonly organizationId: string;
  readonly deliveryId: string;
  readonly attempt: number;
  readonly slow: boolean;
};

/**
 * Makes one try of a delivery and writes down what came of it, with the next try.
 *
 * No connection to the database is held while the receiver is waited for. A process that dies in
 * between leaves the try to be made again: the receiver then gets the message twice, under one id.
 *
 * @throws Error when the platform stops before there was an answer
 */
export async function deliverWebhook(platform: Platform, due: DueTry, stopping?: AbortSignal): Promise<void> {
  const { organizationId } = due;
  const ready = await inTenantTransaction(platform.pool, organizationId, (sql) => setUp(sql, due));
  if (!ready) return;
  const at = systemClock();
  const headers = headersOf(platform, ready, at);
  const began = performance.now();
  const answer = await tryOnce(platform, ready, headers, stopping);
  const outcome = { ...answer, at, headers, durationMs: Math.round(performance.now() - began) };
  await inTenantTransaction(platform.pool, organizationId, (sql) => record(sql, platform, ready, outcome));
}

type Ready = SigningSecrets & {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly triesInRound: number;
  readonly type: WebhookEventType;
  readonly url: string;
  readonly messageId: string;
  readonly body: string;
};

type Row = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly previous_secret: string | null;
  readonly previous_until: unknown;
  readonly slow: boolean;
  readonly tries_in_round: number;
  readonly message_id: string;
  readonly type: WebhookEventType;
  readonly body: string;
};

/** What to send where; null when the try was made already, is not wanted any more, or belongs into the other lane. */
async function setUp(sql: Sql, { organizationId, deliveryId, attempt, slow }: DueTry): Promise<Ready | null> {
  const [row] = await sql<Row>(
    `select e.id, e.url, e.secret, e.previous_secret, e.previous_until, e.slow_since is not null as slow, d.tries_in_round,
       m.id as message_id, m.type, m.body
     from webhook_deliveries d
     join webhook_endpoints e on e.organization_id = d.organization_id and e.id = d.endpoint_id
     join webhook_messages m on m.organization_id = d.organization_id and m.id = d.message_id
     where d.organization_id = $1 and d.id = $2 and d.attempts = $3 - 1 and d.state = 'PENDING' and e.disabled_at is null`,
    [organizationId, deliveryId, attempt],
  );
  if (!row) return null;
  if (row.slow !== slow) {
    await enqueueDeliveries(sql, [{ organizationId, id: deliveryId, endpointId: row.id, slow: row.slow, attempt }]);
    return null;
  }
  return {
    organizationId,
    deliveryId,
    attempt,
    triesInRound: row.tries_in_round,
    id: row.id,
    url: row.url,
    secret: row.secret,
    previousSecret: row.previous_secret,
    previousUntil: instantOrNull(row.previous_until),
    type: row.type,
    messageId: messageName(row.message_id),
    body: row.body,
  };
}

type Answer = {
  readonly status: number | null;
  readonly body: string | null;
  /** Why it failed; null for a success. */
  readonly error: string | null;
};

type Headers = Readonly<Record<string, string>>;

const headersOf = ({ config }: Platform, ready: Ready, at: Date): Headers => ({
  "content-type": "application/json",
  "user-agent": "QLP-Webhooks/1",
  ...signedHeaders(config, ready, ready.messageId, ready.body, at),
});

async function tryOnce(
  platform: Platform,
  ready: Ready,
  headers: Headers,
  stopping: AbortSignal | undefined,
): Promise<Answer> {
  const allowLoopback = platform.config.webhooksAllowLoopback;
  try {
    // What was allowed when it was saved, in development say, need not be now.
    const url = parseEndpointUrl(ready.url, { allowLoopback });
    const { status, body } = await postOutside(url, headers, ready.body, {
      allowLoopback,
      timeoutMs: TIMEOUT_MS,
      stopping,
    });
    return { status, body: printable(body), error: faultOf(status) };
  } catch (error) {
    stopping?.throwIfAborted();
    return { status: null, body: null, error: reasonOf(error) };
  }
}

/** Text as PostgreSQL can hold it. */
const printable = (text: string): string => text.replaceAll("\0", "\u{FFFD}");

function faultOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed.`;
  return `Answered ${status}.`;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was cut off before an answer came.",
  EHOSTUNREACH: "The host cannot be reached.",
  ENETUNREACH: "The network cannot be reached.",
};

function reasonOf(error: unknown): string {
  if (error instanceof TargetNotPublic || error instanceof WebhookUrlRefused) return error.message;
  if (!(error instanceof Error)) return "No answer came.";
  if (error.name === "TimeoutError") return `No answer within ${TIMEOUT_MS / SECOND_MS} seconds.`;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // A certificate's fault says more than its code.
  return reasons[code] ?? printable(error.message || code || "No answer came.").slice(0, 300);
}

type Outcome = Answer & { readonly at: Date; readonly headers: Headers; readonly durationMs: number };

/** Writes down a try and decides what follows, once, however often the try was made. */
async function record(sql: Sql, platform: Platform, ready: Ready, outcome: Outcome): Promise<void> {
  const { organizationId, deliveryId, attempt, triesInRound } = ready;
  const now = systemClock();
  const failed = outcome.error !== null;
  const waitMs =
    failed && outcome.status !== GONE && triesInRound + 1 < triesOf(ready.type)
      ? waitAfterMs(triesInRound + 1, Math.random())
      : null;
  const nextTryAt = waitMs === null ? null : new Date(now.getTime() + waitMs);
  const state = failed ? (nextTryAt === null ? "FAILED" : "PENDING") : "DELIVERED";
  const recorded = await sql(
    `update webhook_deliveries set attempts = $3, tries_in_round = tries_in_round + 1, state = $4, next_try_at = $5, ended_at = $6
     where organization_id = $1 and id = $2 and attempts = $3 - 1 and state = 'PENDING' returning id`,
    [organizationId, deliveryId, attempt, state, nextTryAt, nextTryAt === null ? now : null],
  );
  if (recorded.length === 0) return;
  await sql(
    `insert into webhook_attempts (organization_id, delivery_id, number, at, headers, duration_ms, status, answer, error)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      organizationId,
      deliveryId,
      attempt,
      outcome.at,
      JSON.stringify(outcome.headers),
      outcome.durationMs,
      outcome.status,
      outcome.body,
      outcome.error,
    ],
  );
  const slow = outcome.durationMs >= SLOW_MS;
  await noteHealth(sql, ready, failed, slow, now);
  if (nextTryAt !== null)
    await enqueueDeliveries(sql, [
      { organizationId, id: deliveryId, endpointId: ready.id, slow, attempt: attempt + 1, at: nextTryAt },
    ]);
  if (state !== "FAILED" || ready.type === "webhook.test") return;
  if (outcome.status === GONE) await disableEndpoint(sql, platform, ready, "gone", now);
  else if (await hasFailedSince(sql, ready, new Date(now.getTime() - FAILING_MS)))
    await disableEndpoint(sql, platform, ready, "failing", now);
}

/** Tries that change nothing about an endpoint's health write nothing, so that they do not wait for each other. */
async function noteHealth(
  sql: Sql,
  { organizationId, id }: Ready,
  failed: boolean,
  slow: boolean,
  now: Date,
): Promise<void> {
  await sql(
    `update webhook_endpoints set failing_since = case when $3 then coalesce(failing_since, $5) end,
       slow_since = case when $4 then coalesce(slow_since, $5) end
     where organization_id = $1 and id = $2 and ((failing_since is null) = $3::boolean or (slow_since is null) = $4::boolean)`,
    [organizationId, id, failed, slow, now],
  );
}

async function hasFailedSince(sql: Sql, { organizationId, id }: Ready, instant: Date): Promise<boolean> {
  const rows = await sql(
    "select id from webhook_endpoints where organization_id = $1 and id = $2 and failing_since <= $3",
    [organizationId, id, instant],
  );
  return rows.length > 0;
}
