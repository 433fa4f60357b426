import { chargesOf } from "../../invoices/usage-charge.ts";
import { instant, whole } from "../../platform/database/row.ts";
import type { Sql } from "../../platform/database/sql.ts";
import { type PeriodOf, periodTotals } from "../../usage/read-totals.ts";
import { type Batch, compareFields, type Findings, type LedgerRule } from "./proof.ts";
import { ruleOf } from "./sql-rule.ts";
import { storageRule } from "./storage-rule.ts";

/** Each usage event belongs to one billing period of its organization, and so to one line at most. */
const eventsHavePeriods: LedgerRule = ruleOf("usage-events", {
  count: "select count(*)::int as count from usage_events where organization_id = any($1::uuid[])",
  select: `
    select e.organization_id, e.id::text as object, 'period' as field, e.period_id::text as ours, null as stripes
    from usage_events e
    where e.organization_id = any($1::uuid[])
      and not exists (select from billing_periods p where p.organization_id = e.organization_id and p.id = e.period_id)`,
});

/** The counted meters' parts of events, and what adjustments make of them. */
const PARTS = `
  select e.organization_id, e.period_id, case when e.action = 'GENERATION' then 'generations' else 'api_calls' end as meter,
    case when e.action = 'GENERATION' then coalesce(e.complexity, 'all') else 'all' end as complexity,
    e.units::numeric as units, e.included::numeric as included, e.billable::numeric as billable, e.amount, 0::numeric as credit
  from usage_events e where e.organization_id = any($1::uuid[]) and e.units > 0
  union all
  select e.organization_id, e.period_id, 'compute', 'all', e.compute_units, e.compute_included, e.compute_billable, e.compute_amount, 0
  from usage_events e where e.organization_id = any($1::uuid[]) and e.compute_units > 0
  union all
  select a.organization_id, a.period_id, a.meter, case when a.meter = 'generations' then coalesce(e.complexity, 'all') else 'all' end,
    case when a.credit then 0 else a.units end, case when a.credit then 0 else a.included end,
    case when a.credit then 0 else a.billable end, case when a.credit then 0 else a.amount end, case when a.credit then -a.amount else 0 end
  from rating_adjustments a join usage_events e on e.organization_id = a.organization_id and e.id = a.event_id
  where a.organization_id = any($1::uuid[])`;

/** The totals of periods are the sums of their events and adjustments. Storage, an average of levels, is none. */
const totalsAreSums: LedgerRule = ruleOf("usage-totals", {
  count:
    "select count(*)::int as count from usage_totals where organization_id = any($1::uuid[]) and meter <> 'storage'",
  select: `
    with sums as (
      select organization_id, period_id, meter, complexity, sum(units) as units, sum(included) as included, sum(billable) as billable,
        sum(units) - sum(included) - sum(billable) as over_limit, sum(amount) as amount, sum(credit) as credit
      from (${PARTS}) parts group by organization_id, period_id, meter, complexity),
    totals as (select * from usage_totals where organization_id = any($1::uuid[]) and meter <> 'storage')
    select organization_id, period_id || ' ' || meter || ' ' || complexity as object, f.field, f.ours::text as ours, f.stripes::text as stripes
    from totals t full join sums s using (organization_id, period_id, meter, complexity)
    cross join lateral (values ('units', t.units, s.units), ('included', t.included, s.included), ('billable', t.billable, s.billable),
      ('overLimit', t.over_limit, s.over_limit), ('amount', t.amount, s.amount), ('credit', t.credit, s.credit)) f (field, ours, stripes)
    where coalesce(f.ours, 0) <> coalesce(f.stripes, 0)`,
});

const CHARGES = "usage-charges";

/** What a frozen period was charged is what its totals come to. */
const chargesAreTotals: LedgerRule = {
  name: CHARGES,
  prove: async (sql, batch, findings) => {
    const periods = await frozenPeriods(sql, batch);
    const totals = await periodTotals(sql, periods);
    const charged = await storedCharges(sql, batch);
    findings.checked(
      CHARGES,
      [...charged.values()].reduce((sum, { size }) => sum + size, 0),
    );
    for (const period of periods)
      compareCharges(findings, period, charged.get(period.id), () => chargesOf(period, totals.get(period.id) ?? []));
  },
};

type Shown = Readonly<Record<string, unknown>>;

/** @param compute what the period must have been charged; throws when its totals cannot be read */
function compareCharges(
  findings: Findings,
  { organizationId, id }: PeriodOf,
  stored: ReadonlyMap<string, Shown> = new Map(),
  compute: () => ReturnType<typeof chargesOf>,
): void {
  const of = { rule: CHARGES, organizationId };
  let expected: ReadonlyMap<string, Shown>;
  try {
    expected = new Map(
      compute().map(({ kind, meter, quantity, exactNanos, amountMinor, roundingNanos }) => [
        `${kind} ${meter}`,
        { quantity, exactNanos, amount: amountMinor, roundingNanos },
      ]),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    findings.differs({ ...of, object: id, field: "totals", ours: why, stripes: null });
    return;
  }
  for (const key of new Set([...stored.keys(), ...expected.keys()])) {
    const [ours, must] = [stored.get(key), expected.get(key)];
    const object = `${id} ${key}`;
    if (ours && must) compareFields(findings, { ...of, object }, ours, must);
    else
      findings.differs({ ...of, object, field: "charge", ours: ours ? "there" : null, stripes: must ? "there" : null });
  }
}

async function frozenPeriods(sql: Sql, { ids }: Batch): Promise<PeriodOf[]> {
  const rows = await sql<{ organization_id: string; id: string; start_at: unknown; end_at: unknown }>(
    "select organization_id, id, start_at, end_at from billing_periods where organization_id = any($1::uuid[]) and frozen_at is not null",
    [ids],
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    id: row.id,
    start: instant(row.start_at),
    end: instant(row.end_at),
  }));
}

/** Charges by period, then by kind and meter. */
async function storedCharges(sql: Sql, { ids }: Batch): Promise<Map<string, Map<string, Shown>>> {
  const rows = await sql<
    Record<"billing_period_id" | "kind" | "meter" | "quantity" | "exact" | "rounding", string> & { amount: unknown }
  >(
    `select billing_period_id, kind, meter, quantity::text, exact_nanos::text as exact, rounding_nanos::text as rounding, amount_minor as amount
     from usage_charges where organization_id = any($1::uuid[])`,
    [ids],
  );
  const byPeriod = new Map<string, Map<string, Shown>>();
  for (const row of rows) {
    const charges = byPeriod.get(row.billing_period_id) ?? new Map<string, Shown>();
    byPeriod.set(row.billing_period_id, charges);
    charges.set(`${row.kind} ${row.meter}`, {
      quantity: row.quantity,
      exactNanos: row.exact,
      amount: whole(row.amount),
      roundingNanos: row.rounding,
    });
  }
  return byPeriod;
}

/** Each charge has exactly one line, on the invoice that took it and of its amount; or waits; or is excluded with a reason. */
const chargesHaveLines: LedgerRule = ruleOf("charge-lines", {
  count: "select count(*)::int as count from usage_charges where organization_id = any($1::uuid[])",
  select: `
    select c.organization_id, c.id::text as object, f.field, f.ours, f.stripes
    from usage_charges c
    left join invoices i on i.organization_id = c.organization_id and i.id = c.invoice_id
    left join lateral (select count(*) as lines, sum(l.amount_minor) as amount, min(l.invoice_id::text) as invoice_id
      from invoice_lines l where l.organization_id = c.organization_id and l.charge_id = c.id) l on true
    cross join lateral (values
      ('lines', l.lines::text, case when c.state = 'INVOICED' then '1' when c.state = 'PENDING' and i.status = 'DRAFT' then l.lines::text else '0' end),
      ('amount', c.amount_minor::text, case when l.lines = 0 then c.amount_minor::text else l.amount::text end),
      ('invoice', c.invoice_id::text, case when l.lines = 0 then c.invoice_id::text else l.invoice_id end),
      ('state', c.state, case when c.state = 'PENDING' and c.invoice_id is not null and i.status is distinct from 'DRAFT' then 'INVOICED' else c.state end),
      ('excludedReason', c.excluded_reason, case when c.state = 'EXCLUDED' then coalesce(c.excluded_reason, 'a reason') else c.excluded_reason end)
    ) f (field, ours, stripes)
    where c.organization_id = any($1::uuid[]) and f.ours is distinct from f.stripes`,
});

/** A line by hand is on its invoice once, and of its amount. Lines whose invoice is still to be made wait. */
const handLinesAreThere: LedgerRule = ruleOf("manual-lines", {
  count: "select count(*)::int as count from manual_charges where organization_id = any($1::uuid[])",
  select: `
    select m.organization_id, m.id::text as object, f.field, f.ours, f.stripes
    from manual_charges m
    join invoices i on i.organization_id = m.organization_id and i.id = m.invoice_id and i.status <> 'DRAFT'
    left join lateral (select count(*) as lines, sum(l.amount_minor) as amount
      from invoice_lines l where l.organization_id = m.organization_id and l.charge_id = m.id) l on true
    cross join lateral (values ('lines', l.lines::text, '1'), ('amount', m.amount_minor::text, coalesce(l.amount, m.amount_minor)::text)) f (field, ours, stripes)
    where m.organization_id = any($1::uuid[]) and f.ours is distinct from f.stripes`,
});

/** From the event to the line: each step adds up. */
export const usageRules: readonly LedgerRule[] = [
  eventsHavePeriods,
  totalsAreSums,
  storageRule,
  chargesAreTotals,
  chargesHaveLines,
  handLinesAreThere,
];
