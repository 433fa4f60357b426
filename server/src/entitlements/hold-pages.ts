import { sqlIn } from "../platform/database/sql.ts";
import {
  type Connection,
  badCursor,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../platform/graphql/connection.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { HOLD_COLUMNS, type Hold, holdOf, type HoldRow } from "./find-hold.ts";
import type { HoldState } from "./hold.entity.ts";

/**
 * A page of an organization's holds, newest first. A hold whose time is over counts as expired from
 * that moment on.
 */
export async function holdPage(
  scope: Scope,
  organizationId: string,
  state: HoldState | null,
  first?: number | null,
  after?: string | null,
): Promise<Connection<Hold>> {
  const size = pageSize(first);
  const [id] = decodeCursor(after, 1) ?? [];
  if (id !== undefined && !isUuid(id)) throw badCursor();
  const now = scope.clock();
  const rows = await sqlIn(scope.em)<HoldRow>(
    `select ${HOLD_COLUMNS} from holds
     where organization_id = $1 and ($2::uuid is null or id < $2::uuid)
       and ($3::text is null or (case when state = 'PLACED' and expires_at <= $4 then 'EXPIRED' else state end) = $3)
     order by id desc limit $5`,
    [organizationId, id ?? null, state, now, size + 1],
  );
  return pageOf(
    rows.map((row) => holdOf(row, now)),
    size,
    after,
    (hold) => encodeCursor([hold.id]),
  );
}
