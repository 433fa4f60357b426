import { arrayOf } from "../../platform/database/row.ts";
import type { Sql } from "../../platform/database/sql.ts";
import type { Platform } from "../../platform/scope.ts";
import type { ProofDifference } from "../stripe-traffic.entity.ts";

/** A batch of organizations, in the order of their ids. */
export type Batch = { readonly organizationIds: readonly string[]; readonly ids: string };

export const batchOf = (organizationIds: readonly string[]): Batch => ({
  organizationIds,
  ids: arrayOf(organizationIds),
});

/**
 * A rule of the proof within our own database: held against the organizations of a batch, in one
 * transaction that sees one moment, by a constant number of statements.
 */
export type LedgerRule = {
  readonly name: string;
  readonly prove: (sql: Sql, batch: Batch, findings: Findings) => Promise<void>;
};

/** A rule that compares what Stripe has with the mirror. */
export type StripeRule = {
  readonly name: string;
  readonly prove: (platform: Platform, findings: Findings) => Promise<void>;
};

/** How many differences a report keeps. */
const MOST_KEPT = 1_000;

/** What the rules of one proof have looked at and found. */
export class Findings {
  readonly #checked = new Map<string, number>();
  readonly #differences: ProofDifference[] = [];
  readonly #organizationIds = new Set<string>();
  #count = 0;
  readonly now: Date;

  constructor(now: Date) {
    this.now = now;
  }

  /** Counts objects that a rule was held against. */
  checked(rule: string, count: number): void {
    this.#checked.set(rule, (this.#checked.get(rule) ?? 0) + count);
  }

  differs(difference: ProofDifference): void {
    this.#count += 1;
    if (difference.organizationId !== null) this.#organizationIds.add(difference.organizationId);
    if (this.#differences.length < MOST_KEPT) this.#differences.push(difference);
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#checked);
  }

  get differences(): readonly ProofDifference[] {
    return this.#differences;
  }

  /** Of whom something differs. */
  get organizationIds(): readonly string[] {
    return [...this.#organizationIds];
  }

  get count(): number {
    return this.#count;
  }
}

/** The fields of `ours` that the other side does not have alike. */
export const fieldsThatDiffer = (
  ours: Readonly<Record<string, unknown>>,
  stripes: Readonly<Record<string, unknown>>,
): string[] => Object.keys(ours).filter((field) => text(ours[field]) !== text(stripes[field]));

/** Notes each field of `ours` that the other side does not have alike. */
export function compareFields(
  findings: Findings,
  of: Pick<ProofDifference, "rule" | "organizationId" | "object">,
  ours: Readonly<Record<string, unknown>>,
  stripes: Readonly<Record<string, unknown>>,
): void {
  for (const field of fieldsThatDiffer(ours, stripes))
    findings.differs({ ...of, field, ours: text(ours[field]), stripes: text(stripes[field]) });
}

/** A value as a report shows it. */
function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return value.toString();
  return JSON.stringify(value);
}
