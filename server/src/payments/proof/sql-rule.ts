import type { LedgerRule } from "./proof.ts";

/** A row that should not be there. */
type Fault = {
  readonly organization_id: string;
  readonly object: string;
  readonly field: string;
  readonly ours: string | null;
  readonly stripes: string | null;
};

/**
 * A rule as a statement that selects what breaks it.
 *
 * @param count how many objects of the organizations in `$1` it is held against, as `count`
 * @param select organization_id, object, field, ours, stripes of what does not agree
 */
export const ruleOf = (
  name: string,
  { count, select }: { readonly count: string; readonly select: string },
): LedgerRule => ({
  name,
  prove: async (sql, { ids }, findings) => {
    const [counted] = await sql<{ count: number }>(count, [ids]);
    findings.checked(name, counted?.count ?? 0);
    for (const { organization_id: organizationId, ...fault } of await sql<Fault>(select, [ids]))
      findings.differs({ rule: name, organizationId, ...fault });
  },
});
