import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import { catalogRule, standingRule } from "./catalog-rules.ts";
import { creditMirror } from "./credit-mirror.ts";
import { customerMirror } from "./customer-mirror.ts";
import { feeRules } from "./fee-rules.ts";
import { invoiceMirror } from "./invoice-mirror.ts";
import { invoiceRules } from "./invoice-rules.ts";
import { batchOf, Findings, type LedgerRule, type StripeRule } from "./proof.ts";
import { usageRules } from "./usage-rules.ts";

/** Within our own database: from the event to the total. */
const ledgerRules: readonly LedgerRule[] = [...usageRules, ...feeRules, ...invoiceRules, standingRule];

/** Between the mirror and Stripe. */
const stripeRules: readonly StripeRule[] = [invoiceMirror, ...creditMirror, ...customerMirror, catalogRule];

/** Organizations in one transaction. */
const BATCH = 500;

/**
 * Holds all rules against everything.
 *
 * What differs within our database is looked at again when the rest is done: an invoice and its
 * credit notes are not written in one transaction, and the next one may have come meanwhile.
 */
export async function prove(platform: Platform): Promise<Findings> {
  const now = platform.clock();
  const first = new Findings(now);
  for (let after: string | null = null; ;) {
    const ids = await nextOrganizations(platform, after);
    if (ids.length === 0) break;
    await proveBatch(platform, ids, first);
    after = ids.at(-1) ?? null;
  }
  const findings = new Findings(now);
  const atStripe = new Findings(now);
  for (const rule of stripeRules) await rule.prove(platform, atStripe);
  const suspects = first.organizationIds;
  const again = new Findings(now);
  for (let from = 0; from < suspects.length; from += BATCH)
    await proveBatch(platform, suspects.slice(from, from + BATCH), again);
  for (const { counts } of [first, atStripe])
    for (const [rule, count] of Object.entries(counts)) findings.checked(rule, count);
  for (const { differences } of [again, atStripe]) for (const difference of differences) findings.differs(difference);
  return findings;
}

const nextOrganizations = async ({ pool }: Platform, after: string | null): Promise<string[]> => {
  const rows = await inPlatformTransaction(pool, (sql) =>
    sql<{ id: string }>(
      `select id from organizations where $1::uuid is null or id > $1::uuid order by id limit ${BATCH}`,
      [after],
    ),
  );
  return rows.map(({ id }) => id);
};

/** One batch sees one moment: what is written meanwhile is no difference. */
const proveBatch = (platform: Platform, organizationIds: readonly string[], findings: Findings): Promise<void> =>
  inPlatformTransaction(platform.pool, async (sql) => {
    await sql("set transaction isolation level repeatable read, read only");
    const batch = batchOf(organizationIds);
    for (const rule of ledgerRules) await rule.prove(sql, batch, findings);
  });
