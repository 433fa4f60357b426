import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import { catalogRule, standingRule } from "./catalog-rules.ts";
import { creditMirror } from "./credit-mirror.ts";
import { customerMirror } from "./customer-mirror.ts";
import { feeRules } from "./fee-rules.ts";
import { invoiceMirror } from "./invoice-mirror.ts";
import { invoiceRules } from "./invoice-rules.ts";
import { type Batch, batchOf, Findings, type LedgerRule, type StripeRule } from "./proof.ts";
import { usageRules } from "./usage-rules.ts";

/** Within our own database: from the event to the total. */
const ledgerRules: readonly LedgerRule[] = [...usageRules, ...feeRules, ...invoiceRules, standingRule];

/** Between the mirror and Stripe. */
const stripeRules: readonly StripeRule[] = [invoiceMirror, ...creditMirror, ...customerMirror, catalogRule];

/** Organizations in one transaction. */
const BATCH = 500;

/** Holds all rules against everything. */
export async function prove(platform: Platform): Promise<Findings> {
  const findings = new Findings(platform.clock());
  for (let after: string | null = null; ;) {
    const batch = await proveBatch(platform, after, findings);
    if (batch.organizationIds.length === 0) break;
    after = batch.organizationIds.at(-1) ?? null;
  }
  for (const rule of stripeRules) await rule.prove(platform, findings);
  return findings;
}

/** One batch sees one moment: what is written meanwhile is no difference. */
const proveBatch = (platform: Platform, after: string | null, findings: Findings): Promise<Batch> =>
  inPlatformTransaction(platform.pool, async (sql) => {
    await sql("set transaction isolation level repeatable read, read only");
    const rows = await sql<{ id: string }>(
      `select id from organizations where $1::uuid is null or id > $1::uuid order by id limit ${BATCH}`,
      [after],
    );
    const batch = batchOf(rows.map(({ id }) => id));
    if (rows.length > 0) for (const rule of ledgerRules) await rule.prove(sql, batch, findings);
    return batch;
  });
