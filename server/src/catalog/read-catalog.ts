import type { Sql } from "../platform/database/sql.ts";
import type { RateCard } from "../rating/rate-card.ts";
import { type PlanCode, type PlanTerms, planCodes, rateCardOf } from "./plan-terms.ts";

/** A plan version with its rate card, read once for the life of the process: it never changes. */
export type PublishedPlan = {
  readonly id: string;
  readonly code: PlanCode;
  readonly number: number;
  readonly terms: PlanTerms;
  readonly card: RateCard;
  readonly publishedAt: Date;
};

type Row = { id: string; code: PlanCode; number: number; terms: PlanTerms; published_at: Date | string };

const published = new Map<string, PublishedPlan>();

/** Plan versions by id, in the order of the ids. */
export async function plansById(sql: Sql, ids: readonly string[]): Promise<PublishedPlan[]> {
  const missing = [...new Set(ids)].filter((id) => !published.has(id));
  if (missing.length > 0) {
    const rows = await sql<Row>(
      "select id, code, number, terms, published_at from plan_versions where id = any($1::uuid[])",
      [`{${missing.join(",")}}`],
    );
    for (const row of rows) remember(row);
  }
  return ids.map((id) => {
    const plan = published.get(id);
    if (!plan) throw new Error(`no plan version ${id}`);
    return plan;
  });
}

export async function planById(sql: Sql, id: string): Promise<PublishedPlan> {
  const known = published.get(id);
  if (known) return known;
  const [plan] = await plansById(sql, [id]);
  if (!plan) throw new Error(`no plan version ${id}`);
  return plan;
}

/** The newest version of each plan, in the order they are sold. */
export async function currentPlans(sql: Sql): Promise<PublishedPlan[]> {
  const rows = await sql<Row>(
    "select distinct on (code) id, code, number, terms, published_at from plan_versions order by code, number desc",
  );
  return rows.map(remember).toSorted((a, b) => planCodes.indexOf(a.code) - planCodes.indexOf(b.code));
}

/** The newest version of one plan. */
export async function currentPlan(sql: Sql, code: PlanCode): Promise<PublishedPlan> {
  const rows = await sql<Row>(
    "select id, code, number, terms, published_at from plan_versions where code = $1 order by number desc limit 1",
    [code],
  );
  if (!rows[0]) throw new Error(`the catalog has no plan ${code}`);
  return remember(rows[0]);
}

function remember(row: Row): PublishedPlan {
  const known = published.get(row.id);
  if (known) return known;
  const plan = { ...row, publishedAt: new Date(row.published_at), card: rateCardOf(row.terms) };
  published.set(row.id, plan);
  return plan;
}

/** All versions of one plan, newest first. */
export async function planVersions(sql: Sql, code: PlanCode): Promise<PublishedPlan[]> {
  const rows = await sql<Row>(
    "select id, code, number, terms, published_at from plan_versions where code = $1 order by number desc",
    [code],
  );
  return rows.map(remember);
}
