import DataLoader from "dataloader";
import { planById, type PublishedPlan } from "../catalog/read-catalog.ts";
import { arrayOf, instantOrNull } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import { moneyBackEnd } from "./money-back.ts";
import type { PaymentMethod } from "./stripe-mirror.entity.ts";

/** What Stripe's side adds to a subscription. */
export type BillingStanding = {
  readonly paymentMethod: PaymentMethod | null;
  /** True when a paid subscription at Stripe carries the plan. */
  readonly granted: boolean;
  readonly moneyBackUntil: Date | null;
  readonly pendingUpgrade: {
    readonly plan: PublishedPlan;
    readonly hostedUrl: string | null;
    readonly until: Date;
  } | null;
};

type Row = Record<string, unknown> & {
  id: string;
  payment_method: PaymentMethod | null;
  granted: boolean;
  claimed: boolean;
  pending_plan: string | null;
  hosted_url: string | null;
};

const nothing: BillingStanding = { paymentMethod: null, granted: false, moneyBackUntil: null, pendingUpgrade: null };

/** By organization, in one statement however many are asked for. */
export const billingStandingLoader = perRequest(
  (scope: Scope) =>
    new DataLoader<string, BillingStanding>(async (organizationIds) => {
      const sql = sqlIn(scope.em);
      const rows = await sql<Row>(SELECT, [arrayOf(organizationIds)]);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return Promise.all(
        organizationIds.map(async (id): Promise<BillingStanding> => {
          const row = byId.get(id);
          if (!row) return nothing;
          const paidAt = row.claimed ? null : instantOrNull(row["first_paid_at"]);
          const end = paidAt === null ? null : moneyBackEnd(paidAt);
          const until = instantOrNull(row["pending_until"]);
          return {
            paymentMethod: row.payment_method,
            granted: row.granted,
            moneyBackUntil: end !== null && scope.clock().getTime() < end.getTime() ? end : null,
            pendingUpgrade:
              until === null || row.pending_plan === null
                ? null
                : { plan: await planById(sql, row.pending_plan), hostedUrl: row.hosted_url, until },
          };
        }),
      );
    }),
);

const SELECT = `
  select o.id, c.payment_method, s.stripe_id is not null as granted, s.pending_until, q.plan_version_id as pending_plan, i.hosted_url,
    exists (select from money_back_claims m where m.organization_id = o.id) as claimed,
    (select min(paid_at) from invoices p where p.organization_id = o.id and p.status = 'PAID'
       and p.stripe_subscription_id is not null and p.total_minor > 0) as first_paid_at
  from unnest($1::uuid[]) as o (id)
  left join stripe_customers c on c.organization_id = o.id and c.deleted_at is null
  left join lateral (select stripe_id, pending_update_until as pending_until, latest_invoice_id from stripe_subscriptions
    where organization_id = o.id and granted and ended_at is null limit 1) s on true
  left join invoices i on i.organization_id = o.id and i.stripe_id = s.latest_invoice_id and i.status = 'OPEN'
  left join lateral (select plan_version_id from plan_quotes
    where organization_id = o.id and kind = 'UPGRADE' and used_at is not null and s.pending_until is not null
    order by used_at desc limit 1) q on true`;
