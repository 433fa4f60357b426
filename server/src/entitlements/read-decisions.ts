import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import { instant, whole } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import type { DecisionOutcome } from "./decision-counts.ts";

export type OutcomeCount = { readonly outcome: DecisionOutcome; readonly count: bigint };

/** Decisions of a span: in all, by hour or by day, and by organization. */
export type Decisions = {
  readonly from: Date;
  readonly step: "HOUR" | "DAY";
  readonly outcomes: readonly OutcomeCount[];
  /** One entry for each hour or day of the span, those without any included. */
  readonly steps: readonly { readonly at: Date; readonly outcomes: readonly OutcomeCount[] }[];
  /** Those that were refused most often, at most ten; empty where one organization was asked for. */
  readonly mostRefused: readonly {
    readonly organizationId: string;
    readonly allowed: bigint;
    readonly refused: bigint;
  }[];
};

/** Spans up to two days are told by the hour, longer ones by the UTC day. */
const BY_HOUR_UP_TO = 48;
const MOST_REFUSED = 10;

/** The decisions of the last `hours` hours, the one that runs included; of one organization, or of all. */
export async function readDecisions(
  sql: Sql,
  organizationId: string | null,
  hours: number,
  now: Date,
): Promise<Decisions> {
  const step = hours <= BY_HOUR_UP_TO ? "HOUR" : "DAY";
  const stepMs = step === "HOUR" ? HOUR_MS : DAY_MS;
  const from = new Date(Math.ceil((now.getTime() - hours * HOUR_MS) / stepMs) * stepMs);
  const rows = await sql<{ at: unknown; outcome: DecisionOutcome; count: string }>(
    `select date_trunc($3, hour, 'UTC') as at, outcome, sum(count)::text as count from decision_counts
     where hour >= $1 and ($2::uuid is null or organization_id = $2) group by 1, 2 order by 1, 2`,
    [from, organizationId, step.toLowerCase()],
  );
  const counted = rows.map(({ at, outcome, count }) => ({ at: instant(at).getTime(), outcome, count: whole(count) }));
  const steps = [];
  for (let at = from.getTime(); at <= now.getTime(); at += stepMs) {
    const own = counted.filter((row) => row.at === at).map(({ outcome, count }) => ({ outcome, count }));
    steps.push({ at: new Date(at), outcomes: own });
  }
  return {
    from,
    step,
    outcomes: [...Map.groupBy(counted, ({ outcome }) => outcome)].map(([outcome, own]) => ({
      outcome,
      count: own.reduce((sum, { count }) => sum + count, 0n),
    })),
    steps,
    mostRefused: organizationId === null ? await readMostRefused(sql, from) : [],
  };
}

async function readMostRefused(sql: Sql, from: Date): Promise<Decisions["mostRefused"]> {
  const rows = await sql<{ organization_id: string; allowed: string; refused: string }>(
    `select organization_id, sum(count) filter (where outcome = 'ALLOWED')::text as allowed,
       sum(count) filter (where outcome <> 'ALLOWED')::text as refused
     from decision_counts where hour >= $1 group by organization_id
     having sum(count) filter (where outcome <> 'ALLOWED') > 0
     order by sum(count) filter (where outcome <> 'ALLOWED') desc, organization_id limit $2`,
    [from, MOST_REFUSED],
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    allowed: whole(row.allowed ?? 0),
    refused: whole(row.refused),
  }));
}
