import { newId } from "../../src/platform/id.ts";
import { contentHash, eventId } from "../../src/usage/event-id.ts";
import { ledgerArrays, ledgerColumns } from "../../src/usage/insert-events.ts";
import { noPart } from "../../src/usage/stored-event.ts";

const complexities = ["T0", "T1", "T2", "T3"] as const;
const models = ["qlp-base", "gpt-4", "claude-3"] as const;
let made = 0;

/** Events as a service reports them: mostly generations, some calls, some long tasks. */
export function graphqlBatch(size: number): object[] {
  return Array.from({ length: size }, () => {
    made += 1;
    const idempotencyKey = `${newId()}-${made.toString(36)}`;
    const occurredAt = new Date().toISOString();
    if (made % 5 === 0) return { idempotencyKey, action: "API_CALL", quantity: "25", occurredAt };
    return {
      idempotencyKey,
      action: "GENERATION",
      complexity: complexities[made % 4],
      model: models[made % 3],
      tokensUsed: 1_200 + (made % 900),
      computeTimeMs: made % 7 === 0 ? 95_000 : 21_000,
      projectId: `project-${made % 12}`,
      occurredAt,
      metadata: { region: "eu-west-1", status: 200 },
    };
  });
}

/** The same kind of rows, complete and rated already, for the bare limit. */
export function rawBatch(organizationId: string, size: number): string[] {
  const periodId = organizationId;
  const now = new Date();
  return ledgerArrays(
    Array.from({ length: size }, () => {
      made += 1;
      const idempotencyKey = `${newId()}-${made.toString(36)}`;
      const counted = {
        units: 1n,
        usedBefore: BigInt(made),
        included: 0n,
        billable: 1n,
        unitNanos: 25_000_000_000n,
        amount: 25_000_000_000n,
      };
      return {
        organizationId,
        id: eventId(organizationId, idempotencyKey),
        position: BigInt(made),
        periodId,
        idempotencyKey,
        contentHash: contentHash(idempotencyKey),
        action: "GENERATION",
        complexity: complexities[made % 4] ?? "T0",
        model: models[made % 3] ?? "qlp-base",
        premium: made % 3 > 0,
        quantity: 1n,
        computeTimeMs: 21_000,
        tokensUsed: 1_200,
        storageBytes: null,
        costNanos: 5_000_000_000n,
        occurredAt: now,
        recordedAt: now,
        userId: null,
        projectId: `project-${made % 12}`,
        failed: false,
        late: false,
        trial: false,
        metadata: '{"region":"eu-west-1","status":200}',
        keyPrefix: "qlp_0123",
        counted,
        compute: noPart,
      };
    }),
  );
}

const names = ledgerColumns.map(({ name }) => name).join(", ");

/** One statement for the batch, into a table of the same columns and indexes, with nothing around it. */
export const rawStatement = `insert into raw_usage_events (${names})
  select * from unnest(${ledgerColumns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(", ")}) on conflict do nothing`;
