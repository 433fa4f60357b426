import { instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { type Connection, decodeCursor, encodeCursor, pageOf, pageSize } from "../platform/graphql/connection.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { type EventFilter, readEvents } from "./read-events.ts";
import type { StoredEvent } from "./stored-event.ts";
import type { RejectedUsageType } from "./usage.type.ts";

/** A page of an organization's usage events, newest first by acceptance. */
export async function eventPage(
  scope: Scope,
  organizationId: string,
  filter: EventFilter,
  first?: number | null,
  after?: string | null,
): Promise<Connection<StoredEvent>> {
  const size = pageSize(first);
  const [position] = decodeCursor(after, 1) ?? [];
  if (position !== undefined && !/^\d{1,18}$/.test(position)) throw badInput("after is not a cursor of this list.");
  const rows = await readEvents(
    sqlIn(scope.em),
    organizationId,
    filter,
    size + 1,
    position === undefined ? null : BigInt(position),
  );
  return pageOf(rows, size, after, (event) => encodeCursor([event.position.toString()]));
}

type RejectedRow = { readonly [Name in keyof Omit<RejectedUsageType, "at">]: RejectedUsageType[Name] } & {
  readonly at: unknown;
};

/** A page of an organization's refused attempts, newest first. */
export async function rejectedPage(
  scope: Scope,
  organizationId: string,
  first?: number | null,
  after?: string | null,
): Promise<Connection<RejectedUsageType>> {
  const size = pageSize(first);
  const [id] = decodeCursor(after, 1) ?? [];
  if (id !== undefined && !isUuid(id)) throw badInput("after is not a cursor of this list.");
  const rows = await sqlIn(scope.em)<RejectedRow>(
    `select id, at, idempotency_key as "idempotencyKey", status, reason, action, key_prefix as "keyPrefix" from rejected_usage
     where organization_id = $1 and ($2::uuid is null or id < $2::uuid) order by id desc limit $3`,
    [organizationId, id ?? null, size + 1],
  );
  return pageOf(
    rows.map((row) => ({ ...row, at: instant(row.at) })),
    size,
    after,
    ({ id }) => encodeCursor([id]),
  );
}
