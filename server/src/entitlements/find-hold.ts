import { instant, instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { Complexity } from "../rating/rate-card.ts";
import type { UsageAction } from "../usage/usage-event.ts";
import type { Held } from "./held-usage.ts";
import type { HoldState } from "./hold.entity.ts";
import { type HeldColumns, heldFrom } from "./read-standings.ts";

/** A hold as it stands. */
export type Hold = {
  readonly organizationId: string;
  readonly id: string;
  readonly action: UsageAction;
  readonly complexity: Complexity | null;
  readonly model: string | null;
  readonly held: Held;
  readonly state: HoldState;
  readonly placedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly eventId: string | null;
  readonly keyPrefix: string | null;
};

export type HoldRow = HeldColumns & {
  organization_id: string;
  id: string;
  action: UsageAction;
  complexity: Complexity | null;
  model: string | null;
  state: HoldState;
  placed_at: unknown;
  expires_at: unknown;
  ended_at: unknown;
  event_id: string | null;
  key_prefix: string | null;
};

export const HOLD_COLUMNS =
  "organization_id, id, action, complexity, model, generations, api_calls, compute_ms, amount, state, placed_at, expires_at, ended_at, event_id, key_prefix";

/** @param now a placed hold whose time is over has expired, also when nobody has written that down yet */
export function holdOf(row: HoldRow, now: Date): Hold {
  const expiresAt = instant(row.expires_at);
  const over = row.state === "PLACED" && expiresAt.getTime() <= now.getTime();
  return {
    organizationId: row.organization_id,
    id: row.id,
    action: row.action,
    complexity: row.complexity,
    model: row.model,
    held: heldFrom(row),
    state: over ? "EXPIRED" : row.state,
    placedAt: instant(row.placed_at),
    expiresAt,
    endedAt: over ? expiresAt : instantOrNull(row.ended_at),
    eventId: row.event_id,
    keyPrefix: row.key_prefix,
  };
}

/** The hold in the session's organization; null when there is none. */
export async function findHold(sql: Sql, organizationId: string, id: string, now: Date): Promise<Hold | null> {
  const rows = await sql<HoldRow>(`select ${HOLD_COLUMNS} from holds where organization_id = $1 and id = $2`, [
    organizationId,
    id,
  ]);
  return rows[0] ? holdOf(rows[0], now) : null;
}
