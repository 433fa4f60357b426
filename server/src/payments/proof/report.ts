import { instant, instantOrNull } from "../../platform/database/row.ts";
import { type Sql, sqlIn } from "../../platform/database/sql.ts";
import type { Connection } from "../../platform/graphql/connection.ts";
import type { Scope } from "../../platform/scope.ts";
import { mapPage, newestFirst, type Page } from "../lists/newest-first.ts";
import type { ProofDifference } from "../stripe-traffic.entity.ts";
import type { ProofReportType } from "./proof.type.ts";

const SELECT = "select p.id, p.started_at, p.finished_at, p.checked, p.differences, p.error from proof_reports p";

/** Reports of proofs, newest first. */
export async function listReports({ em }: Scope, page: Page): Promise<Connection<ProofReportType>> {
  const rows = await newestFirst<Row>(sqlIn(em), page, { select: SELECT, at: "p.started_at", id: "p.id", filters: [] });
  return mapPage(rows, reportOf);
}

export async function reportById(sql: Sql, id: string): Promise<ProofReportType | null> {
  const [row] = await sql<Row>(`${SELECT} where p.id = $1`, [id]);
  return row ? reportOf(row) : null;
}

/** The last one that was finished. */
export async function latestReport(sql: Sql): Promise<ProofReportType | null> {
  const [row] = await sql<Row>(
    `${SELECT} where p.finished_at is not null order by p.started_at desc, p.id desc limit 1`,
  );
  return row ? reportOf(row) : null;
}

type Row = Record<string, unknown> & {
  id: string;
  checked: Record<string, number>;
  differences: ProofDifference[];
  error: string | null;
};

/** Counts under this name are of differences, of which the report keeps the first. */
export const ALL_DIFFERENCES = "differences";

function reportOf(row: Row): ProofReportType {
  const { [ALL_DIFFERENCES]: all = row.differences.length, ...checked } = row.checked;
  const finishedAt = instantOrNull(row["finished_at"]);
  return {
    id: row.id,
    startedAt: instant(row["started_at"]),
    finishedAt,
    clean: finishedAt === null ? null : all === 0 && row.error === null,
    checked: Object.entries(checked).map(([rule, count]) => ({ rule, count })),
    differenceCount: all,
    differences: row.differences,
    error: row.error,
  };
}
