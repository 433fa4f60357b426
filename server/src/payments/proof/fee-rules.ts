import { monthlyMinorOf } from "../../catalog/plan-terms.ts";
import { plansById } from "../../catalog/read-catalog.ts";
import { whole, wholeOrNull } from "../../platform/database/row.ts";
import type { LedgerRule } from "./proof.ts";
import { ruleOf } from "./sql-rule.ts";

const FEES = "fees";

/**
 * The fee of a period is what was agreed for the subscription, else the price of a plan version that
 * was in force in it; a trial costs nothing.
 */
const feesAreCatalog: LedgerRule = {
  name: FEES,
  prove: async (sql, { ids }, findings) => {
    const lines = await sql<FeeRow>(FEE_LINES, [ids]);
    findings.checked(FEES, lines.length);
    const plans = await plansById(sql, [...new Set(lines.flatMap(({ versions }) => versions ?? []))]);
    const price = new Map(plans.map((plan) => [plan.id, monthlyMinorOf(plan.terms)]));
    for (const line of lines) {
      const agreed = wholeOrNull(line.agreed_minor);
      const allowed = [
        ...(agreed === null ? (line.versions ?? []).map((id) => price.get(id) ?? null) : [agreed]),
        ...(line.trial ? [0n] : []),
      ];
      const amount = whole(line.amount_minor);
      if (allowed.length === 0 || allowed.includes(amount)) continue;
      const must = [...new Set(allowed)].join(" or ");
      const of = { rule: FEES, organizationId: line.organization_id, object: line.stripe_id };
      findings.differs({ ...of, field: line.stripe_line_id, ours: amount.toString(), stripes: must });
    }
  },
};

type FeeRow = {
  organization_id: string;
  stripe_id: string;
  stripe_line_id: string;
  amount_minor: unknown;
  agreed_minor: unknown;
  versions: string[] | null;
  trial: boolean;
};

const FEE_LINES = `
  select l.organization_id, i.stripe_id, l.stripe_line_id, l.amount_minor, s.agreed_minor, v.versions, coalesce(v.trial, false) as trial
  from invoice_lines l
  join invoices i on i.organization_id = l.organization_id and i.id = l.invoice_id
  left join stripe_subscriptions s on s.organization_id = i.organization_id and s.stripe_id = i.stripe_subscription_id
  left join lateral (
    select array_agg(distinct u.id::text) filter (where u.id is not null) as versions, bool_or(u.trial) as trial from (
      select p.plan_version_id as id, p.trial from billing_periods p
        where p.organization_id = l.organization_id and p.start_at < l.period_end and p.end_at > l.period_start
      union all select t.plan_version_id, false from plan_spells t
        where t.organization_id = l.organization_id and t.starts_at >= l.period_start and t.starts_at < l.period_end and t.cause <> 'ahead'
      union all select s.plan_version_id, s.trial_end is not null) u) v on true
  where l.organization_id = any($1::uuid[]) and l.kind = 'FEE'`;

/** What a change of plan was invoiced is what its quote said, to the cent. */
const prorationsAreQuoted: LedgerRule = ruleOf("quotes", {
  count:
    "select count(*)::int as count from plan_quotes where organization_id = any($1::uuid[]) and used_at is not null",
  select: `
    select i.organization_id, i.stripe_id as object, 'prorations' as field, l.amount::text as ours, q.amount::text as stripes
    from (select organization_id, invoice_id, sum(amount_minor) as amount from invoice_lines
      where organization_id = any($1::uuid[]) and kind = 'PRORATION' group by organization_id, invoice_id) l
    join invoices i on i.organization_id = l.organization_id and i.id = l.invoice_id and i.reason = 'subscription_update'
    join lateral (
      select (select coalesce(sum((line->>'amountMinor')::numeric), 0) from jsonb_array_elements(q.lines) line
          where line->>'kind' = 'PRORATION') as amount
      from plan_quotes q where q.organization_id = i.organization_id and q.kind = 'UPGRADE' and q.used_at is not null
        and i.created_at between q.proration_at - interval '1 minute' and q.expires_at + interval '1 hour'
      order by abs(extract(epoch from i.created_at - q.used_at)) limit 1) q on true
    where l.amount <> q.amount`,
});

export const feeRules: readonly LedgerRule[] = [feesAreCatalog, prorationsAreQuoted];
