import { DAY_MS } from "../../kernel/clock.ts";
import { monthlyMinorOf } from "../../catalog/plan-terms.ts";
import { invoiceLoader } from "../../invoices/invoice.loader.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import { whole } from "../../platform/database/row.ts";
import { sqlIn } from "../../platform/database/sql.ts";
import type { Scope } from "../../platform/scope.ts";
import type { CurrentSubscription } from "../../subscriptions/current-subscription.ts";
import { subscriptionLoader } from "../../subscriptions/subscription.loader.ts";
import { accessUntil } from "../../subscriptions/subscription.ts";

/** A renewal that is not paid. */
export type DunningCase = {
  readonly subscription: CurrentSubscription;
  readonly invoice: StoredInvoice | null;
  readonly amountDueMinor: bigint;
  readonly since: Date;
  readonly step: number;
  readonly accessUntil: Date;
  readonly mrrMinor: bigint;
};

/** More than a person looks through. */
const MOST = 500;

/** The days after the first failure on which it is tried again. */
const TRY_DAYS = [1, 3, 7, 14] as const;

/** Which of the four tries is ahead, or the last one. */
export const dunningStep = (since: Date, now: Date): number => {
  const past = TRY_DAYS.filter((day) => since.getTime() + day * DAY_MS <= now.getTime()).length;
  return Math.min(past + 1, TRY_DAYS.length);
};

/** All renewals that are not paid, those that are so the longest first. */
export async function dunningCases(scope: Scope): Promise<DunningCase[]> {
  const rows = await sqlIn(scope.em)<{ organization_id: string; invoice_id: string | null; due: unknown }>(
    `select s.organization_id, (array_agg(i.id order by i.created_at, i.id) filter (where i.id is not null))[1] as invoice_id,
       coalesce(sum(i.amount_remaining_minor), 0)::text as due
     from subscriptions s
     left join invoices i on i.organization_id = s.organization_id and i.status = 'OPEN' and i.stripe_subscription_id is not null
     where s.past_due_since is not null
     group by s.organization_id, s.past_due_since order by s.past_due_since, s.organization_id limit ${MOST}`,
  );
  const now = scope.clock();
  const cases = await Promise.all(
    rows.map(async (row): Promise<DunningCase | null> => {
      const [subscription, invoice] = await Promise.all([
        subscriptionLoader(scope).load(row.organization_id),
        row.invoice_id === null ? null : invoiceLoader(scope).load(row.invoice_id),
      ]);
      const { pastDueSince: since, agreedMinor, plan } = subscription;
      const until = accessUntil(since);
      if (since === null || until === null) return null;
      return {
        subscription,
        invoice,
        amountDueMinor: whole(row.due),
        since,
        step: dunningStep(since, now),
        accessUntil: until,
        mrrMinor: agreedMinor ?? monthlyMinorOf(plan.terms),
      };
    }),
  );
  return cases.filter((one) => one !== null);
}
