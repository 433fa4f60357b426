import { instant, instantOrNull } from "../../platform/database/row.ts";
import { type Sql, sqlIn } from "../../platform/database/sql.ts";
import type { Connection } from "../../platform/graphql/connection.ts";
import type { Scope } from "../../platform/scope.ts";
import { mapPage, newestFirst, type Page } from "./newest-first.ts";
import type { StripeCallState, StripeCallType } from "./stripe-traffic.type.ts";

/** A call to Stripe as it is kept. */
export type StoredStripeCall = StripeCallType & { readonly organizationId: string };

const SELECT = `select c.organization_id, c.id, c.kind, c.key, c.params, c.state, c.attempts, c.last_error, c.result_id, c.created_at, c.next_try_at,
  c.done_at from stripe_outbox c`;

export type ListCalls = Page & {
  readonly state?: StripeCallState | null;
  readonly kind?: string | null;
  readonly organizationId?: string | null;
};

/** Calls to Stripe, the last decided first. */
export async function listCalls({ em }: Scope, input: ListCalls): Promise<Connection<StoredStripeCall>> {
  const rows = await newestFirst<Row>(sqlIn(em), input, {
    select: SELECT,
    at: "c.created_at",
    id: "c.id",
    filters: [
      [(p) => `c.state = ${p}`, input.state],
      [(p) => `c.kind = ${p}`, input.kind],
      [(p) => `c.organization_id = ${p}::uuid`, input.organizationId],
    ],
  });
  return mapPage(rows, callOf);
}

export async function callById(sql: Sql, organizationId: string, id: string): Promise<StoredStripeCall | null> {
  const [row] = await sql<Row>(`${SELECT} where c.organization_id = $1 and c.id = $2`, [organizationId, id]);
  return row ? callOf(row) : null;
}

type Row = Record<string, unknown> & {
  organization_id: string;
  id: string;
  kind: string;
  key: string;
  state: StripeCallState;
  attempts: number;
  last_error: string | null;
  result_id: string | null;
};

const callOf = (row: Row): StoredStripeCall => ({
  organizationId: row.organization_id,
  id: row.id,
  kind: row.kind,
  key: row.key,
  params: row["params"],
  state: row.state,
  attempts: row.attempts,
  lastError: row.last_error,
  resultId: row.result_id,
  createdAt: instant(row["created_at"]),
  nextTryAt: instant(row["next_try_at"]),
  doneAt: instantOrNull(row["done_at"]),
});
