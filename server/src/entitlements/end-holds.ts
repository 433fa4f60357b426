import { arrayOf } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { HoldState } from "./hold.entity.ts";

/** Takes what ended off what is held. Follows a statement part `ended` that updates holds. */
const GIVE_BACK = `
  given as (
    select organization_id, sum(generations) as generations, sum(api_calls) as api_calls, sum(compute_ms) as compute_ms, sum(amount) as amount
    from ended group by organization_id),
  back as (
    update held_usage h set generations = h.generations - g.generations, api_calls = h.api_calls - g.api_calls,
      compute_ms = h.compute_ms - g.compute_ms, amount = h.amount - g.amount
    from given g where h.organization_id = g.organization_id)`;

/**
 * Ends a placed hold and gives back what it held. The caller has the organization's lock and has
 * seen that the hold is placed.
 */
export async function endHold(
  sql: Sql,
  organizationId: string,
  holdId: string,
  state: Exclude<HoldState, "PLACED" | "EXPIRED">,
  endedAt: Date,
  eventId: string | null,
): Promise<void> {
  await sql(
    `with ended as (
       update holds set state = $3, ended_at = $4, event_id = $5
       where organization_id = $1 and id = $2 and state = 'PLACED' returning *), ${GIVE_BACK}
     select from ended`,
    [organizationId, holdId, state, endedAt, eventId],
  );
}

export type ExpiredHold = {
  readonly organization_id: string;
  readonly id: string;
  readonly action: string;
  readonly placed_at: unknown;
  readonly expires_at: unknown;
};

/**
 * Gives back the holds of these organizations whose time is over: each once, since the caller has
 * the organizations' locks.
 */
export const expireHolds = (sql: Sql, organizationIds: readonly string[], now: Date): Promise<ExpiredHold[]> =>
  sql<ExpiredHold>(
    `with ended as (
       update holds set state = 'EXPIRED', ended_at = expires_at
       where organization_id = any($1::uuid[]) and state = 'PLACED' and expires_at <= $2 returning *), ${GIVE_BACK}
     select organization_id, id, action, placed_at, expires_at from ended`,
    [arrayOf(organizationIds), now],
  );
