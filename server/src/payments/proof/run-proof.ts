import { setTimeout as wait } from "node:timers/promises";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Sql } from "../../platform/database/sql.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import { enqueue } from "../../platform/jobs/enqueue.ts";
import { newId } from "../../platform/id.ts";
import type { Platform, Scope } from "../../platform/scope.ts";
import { clearAlarm, raiseAlarm } from "../alarms.ts";
import type { Findings } from "./proof.ts";
import type { ProofReportType } from "./proof.type.ts";
import { prove } from "./prove.ts";
import { ALL_DIFFERENCES, reportById } from "./report.ts";

/** The job that proves everything: each night, and when staff ask. */
export const RUN_PROOF_JOB = "payments.run-proof";

const PROOF_ALARM = "proof";

/** A person who asks waits this long. */
const PATIENCE_MS = 20_000;
const POLL_MS = 50;

/** Asks for a proof, which a worker makes. @returns the report, finished unless it takes too long */
export async function askForProof(scope: Scope): Promise<ProofReportType> {
  const { pool } = scope.platform;
  const id = await inPlatformTransaction(pool, async (sql) => {
    const reportId = await startReport(sql, scope.clock());
    await enqueue(sql, RUN_PROOF_JOB, { reportId });
    await recordAudit(sql, scope, { organizationId: null, action: "proof.asked", target: reportId });
    return reportId;
  });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const report = await inPlatformTransaction(pool, (sql) => reportById(sql, id));
    if (!report) throw new Error(`the report ${id} is gone`);
    if (report.finishedAt !== null || Date.now() > deadline) return report;
    await wait(POLL_MS);
  }
}

/** Proves everything and keeps the report; an alarm stands as long as the last one found differences. */
export async function runProof(platform: Platform, reportId: string | null): Promise<void> {
  const id = reportId ?? (await inPlatformTransaction(platform.pool, (sql) => startReport(sql, platform.clock())));
  try {
    await finishReport(platform, id, await prove(platform));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await inPlatformTransaction(platform.pool, (sql) =>
      sql("update proof_reports set finished_at = $2, error = $3 where id = $1 and finished_at is null", [
        id,
        platform.clock(),
        message.slice(0, 1_000),
      ]),
    );
    await inPlatformTransaction(platform.pool, (sql) =>
      raiseAlarm(sql, platform.clock(), {
        key: PROOF_ALARM,
        kind: "proof",
        organizationId: null,
        message: `The proof could not be finished: ${message}`,
        detail: { report: id },
      }),
    );
  }
}

async function startReport(sql: Sql, now: Date): Promise<string> {
  const id = newId();
  await sql("insert into proof_reports (id, started_at, checked, differences) values ($1, $2, '{}', '[]')", [id, now]);
  return id;
}

async function finishReport(platform: Platform, id: string, findings: Findings): Promise<void> {
  const now = platform.clock();
  const { count, counts, differences } = findings;
  await inPlatformTransaction(platform.pool, async (sql) => {
    await sql("update proof_reports set finished_at = $2, checked = $3, differences = $4, error = null where id = $1", [
      id,
      now,
      JSON.stringify({ ...counts, [ALL_DIFFERENCES]: count }),
      JSON.stringify(differences),
    ]);
    if (count === 0) return clearAlarm(sql, now, PROOF_ALARM);
    const rules = [...new Set(differences.map(({ rule }) => rule))].join(", ");
    await raiseAlarm(sql, now, {
      key: PROOF_ALARM,
      kind: "proof",
      organizationId: null,
      message: `The proof found ${count} ${count === 1 ? "difference" : "differences"}: ${rules}.`,
      detail: { report: id, count, first: differences.slice(0, 10) },
    });
  });
}
