import type Stripe from "stripe";
import type { Sql } from "../../platform/database/sql.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import { present, stripeOf } from "../stripe-client.ts";
import { compareFields, fieldsThatDiffer, type Findings, type StripeRule } from "./proof.ts";

/** An object as one of the two sides has it: its fields by name, those of its parts by the part's id. */
export type Fields = Readonly<Record<string, unknown>>;
export type Mirrored = { readonly organizationId: string; readonly fields: Fields };

/** How one kind of object is compared. */
export type Comparison<T extends { readonly id: string }> = {
  readonly name: string;
  /** All of them at Stripe. */
  readonly list: (stripe: Stripe) => AsyncIterable<T>;
  readonly retrieve: (stripe: Stripe, id: string) => Promise<T | null>;
  readonly read: (platform: Platform, object: T) => Promise<Fields>;
  /** Those of ours with these ids. */
  readonly mirrored: (sql: Sql, ids: readonly string[]) => Promise<Map<string, Mirrored>>;
  /** Whose objects these are, as far as they are of a customer of ours: those must be mirrored. */
  readonly owners: (sql: Sql, objects: readonly T[]) => Promise<Map<string, string>>;
  /** The ids of all of ours. */
  readonly known: (sql: Sql) => Promise<readonly string[]>;
};

/** How many objects are compared by one statement. */
const BATCH = 100;

/**
 * Makes the rule that the mirror is what Stripe has. What differs is looked at once more when all
 * is listed, each object for itself, and left out while news about it wait to be worked.
 */
export const mirrorRule = <T extends { readonly id: string }>(comparison: Comparison<T>): StripeRule => ({
  name: comparison.name,
  prove: async (platform, findings) => {
    const unseen = new Set(await inPlatformTransaction(platform.pool, comparison.known));
    const suspects = new Set<string>();
    let batch: T[] = [];
    const compare = async (): Promise<void> => {
      findings.checked(comparison.name, batch.length);
      for (const id of await differing(platform, comparison, batch)) suspects.add(id);
      batch = [];
    };
    for await (const object of comparison.list(stripeOf(platform))) {
      unseen.delete(object.id);
      if (batch.push(object) === BATCH) await compare();
    }
    if (batch.length > 0) await compare();
    for (const id of [...suspects, ...unseen]) await lookAgain(platform, comparison, id, findings);
  },
});

/** The ids of those that are not as the mirror has them. */
async function differing<T extends { readonly id: string }>(
  platform: Platform,
  comparison: Comparison<T>,
  objects: readonly T[],
): Promise<string[]> {
  const { mirrored, owners } = await bothSides(platform, comparison, objects);
  const differ: string[] = [];
  for (const object of objects) {
    const ours = mirrored.get(object.id);
    if (ours ? !same(ours.fields, await comparison.read(platform, object)) : owners.has(object.id))
      differ.push(object.id);
  }
  return differ;
}

const bothSides = <T extends { readonly id: string }>(
  platform: Platform,
  { mirrored, owners }: Comparison<T>,
  objects: readonly T[],
) =>
  inPlatformTransaction(platform.pool, async (sql) => ({
    mirrored: await mirrored(
      sql,
      objects.map(({ id }) => id),
    ),
    owners: await owners(sql, objects),
  }));

const same = (a: Fields, b: Fields): boolean => fieldsThatDiffer(...everyField(a, b)).length === 0;

/** Both sides with the fields of either. */
function everyField(a: Fields, b: Fields): [Fields, Fields] {
  const all = Object.fromEntries([...Object.keys(a), ...Object.keys(b)].map((field) => [field, null]));
  return [
    { ...all, ...a },
    { ...all, ...b },
  ];
}

async function lookAgain<T extends { readonly id: string }>(
  platform: Platform,
  comparison: Comparison<T>,
  id: string,
  findings: Findings,
): Promise<void> {
  const object = await present(comparison.retrieve(stripeOf(platform), id));
  const { mirrored, owners, waits } = await inPlatformTransaction(platform.pool, async (sql) => ({
    mirrored: (await comparison.mirrored(sql, [id])).get(id),
    owners: object === null ? new Map<string, string>() : await comparison.owners(sql, [object]),
    waits:
      (await sql("select event_id from stripe_inbox where object_id = $1 and state = 'RECEIVED' limit 1", [id]))
        .length > 0,
  }));
  if (waits) return;
  const rule = comparison.name;
  if (object !== null && mirrored) {
    const of = { rule, organizationId: mirrored.organizationId, object: id };
    compareFields(findings, of, ...everyField(mirrored.fields, await comparison.read(platform, object)));
  } else if (mirrored) {
    findings.differs({
      rule,
      organizationId: mirrored.organizationId,
      object: id,
      field: "object",
      ours: id,
      stripes: null,
    });
  } else if (object !== null && owners.has(id)) {
    findings.differs({
      rule,
      organizationId: owners.get(id) ?? null,
      object: id,
      field: "object",
      ours: null,
      stripes: id,
    });
  }
}

/** Rows with these ids: `$1` of the statement is a JSON array of them. */
export const idsOf = (ids: readonly string[]): string => JSON.stringify(ids);

/** Whose objects these are, by the customer that each names. */
export async function ownersByCustomer<T extends { readonly id: string }>(
  sql: Sql,
  objects: readonly T[],
  customerOf: (object: T) => string | null,
): Promise<Map<string, string>> {
  const rows = await sql<{ stripe_id: string; organization_id: string }>(
    `select stripe_id, organization_id from stripe_owners
     where kind = 'customer' and stripe_id in (select jsonb_array_elements_text($1::jsonb))`,
    [idsOf([...new Set(objects.flatMap((object) => customerOf(object) ?? []))])],
  );
  const organizations = new Map(rows.map((row) => [row.stripe_id, row.organization_id]));
  return new Map(
    objects.flatMap((object) => {
      const organizationId = organizations.get(customerOf(object) ?? "");
      return organizationId === undefined ? [] : [[object.id, organizationId] as const];
    }),
  );
}
