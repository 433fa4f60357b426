import { recordAudit } from "../audit/record-audit.ts";
import { majorFromMinor } from "../kernel/money.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { readLine } from "../platform/graphql/text.ts";
import { newId } from "../platform/id.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { decideDrop } from "./drop-invoice.ts";
import { carryOut, readAgain } from "./carry-out.ts";
import { amountOf, giveBack, type GivenBack, moneyBackEnd } from "./money-back.ts";
import { firstPaidAt, paidInvoices, unpaidInvoices } from "./paid-invoices.ts";
import { MoneyBackNotDue } from "./plan-change.refusals.ts";
import { inTurn } from "./plan-change-turn.ts";
import { reviewClaim } from "./review-claim.ts";
import { stripeAmount } from "./stripe-client.ts";
import { decideCall } from "./stripe-outbox.ts";
import { liveSubscriptions } from "./stripe-subscription.ts";
import { syncNow } from "./sync-now.ts";

const LONGEST_REASON = 500;

/**
 * Gives back everything that was paid, within 30 days of the first paid invoice and once for ever:
 * a credit note on each paid invoice, what is unpaid is voided, the subscription ends at once and
 * Free follows. Usage of the open period is not billed.
 *
 * The claim and all that it asks of Stripe are decided in one transaction; a crash after it leaves
 * the rest to the outbox.
 *
 * @returns what goes back to where it was paid from, in minor units
 * @throws MoneyBackNotDue — nothing is changed; EdgeFault as `cancelSubscription`
 */
export async function claimMoneyBack(scope: Scope, reason: string | null): Promise<bigint> {
  const { platform } = scope;
  const organizationId = tenantOf(scope);
  const why = reason === null ? null : readLine(reason, "reason", LONGEST_REASON);
  return inTurn(platform, organizationId, "money-back claim", async () => {
    await readUnpaid(scope, organizationId);
    const decided = await inTenantTransaction(platform.pool, organizationId, (sql) =>
      decide(sql, scope, organizationId, why),
    );
    // What Stripe refuses, such as a refund of a charge that is disputed, does not keep the rest from being done.
    for (const key of decided.keys) await carryOut(platform, organizationId, key);
    await syncNow(
      platform,
      organizationId,
      decided.invoices.map((id) => ({ kind: "invoice", id })),
    );
    for (const id of decided.subscriptions) await readAgain(platform, organizationId, id);
    await reviewClaim(platform, organizationId);
    return decided.refundedMinor;
  });
}

/** An invoice that was paid a moment ago must not be taken for an open one. */
async function readUnpaid({ platform }: Scope, organizationId: string): Promise<void> {
  const unpaid = await inTenantTransaction(platform.pool, organizationId, (sql) => unpaidInvoices(sql, organizationId));
  await syncNow(
    platform,
    organizationId,
    unpaid.map(({ stripeId }) => ({ kind: "invoice", id: stripeId })),
  );
}

type Decided = {
  readonly keys: readonly string[];
  readonly invoices: readonly string[];
  readonly subscriptions: readonly string[];
  readonly refundedMinor: bigint;
};

async function decide(sql: Sql, scope: Scope, organizationId: string, reason: string | null): Promise<Decided> {
  const now = scope.clock();
  const current = await lockSubscription(sql, organizationId, now);
  if (!current) throw notFound("The organization");
  await requireDue(sql, organizationId, now);

  const paid = await paidInvoices(sql, organizationId);
  if (paid.some(({ disputed }) => disputed))
    throw new MoneyBackNotDue("A payment is disputed at the bank. The guarantee waits until that is settled.");
  const backs = paid.flatMap((invoice) => {
    const back = giveBack(invoice);
    return back === null ? [] : [{ stripeId: invoice.stripeId, back }];
  });
  const refundedMinor = backs.reduce((sum, { back }) => sum + back.toCardMinor + back.elsewhereMinor, 0n);
  const claimed = await sql(
    `insert into money_back_claims (organization_id, id, reason, claimed_at, refunded_minor, state)
     values ($1, $2, $3, $4, $5, 'CLAIMED') on conflict do nothing returning id`,
    [organizationId, newId(), reason, now, refundedMinor.toString()],
  );
  if (claimed.length === 0) throw new MoneyBackNotDue(USED);

  const unpaid = await unpaidInvoices(sql, organizationId);
  const live = await liveSubscriptions(sql, organizationId);
  const voids: string[] = [];
  for (const invoice of unpaid) voids.push(...(await decideDrop(sql, organizationId, invoice, "money-back")));
  const keys = [
    ...voids,
    ...(await decideCreditNotes(sql, organizationId, backs)),
    ...(await decideEnds(
      sql,
      organizationId,
      live.map(({ stripeId }) => stripeId),
    )),
  ];
  await recordAudit(sql, scope, {
    organizationId,
    action: "money-back.claimed",
    target: current.plan.terms.name,
    detail: { refunded: majorFromMinor(refundedMinor), reason },
  });
  return {
    keys,
    invoices: [...unpaid, ...backs].map(({ stripeId }) => stripeId),
    subscriptions: live.map(({ stripeId }) => stripeId),
    refundedMinor,
  };
}

const USED = "The money-back guarantee can be claimed once, and this organization has claimed it.";

async function requireDue(sql: Sql, organizationId: string, now: Date): Promise<void> {
  const [claim] = await sql("select id from money_back_claims where organization_id = $1", [organizationId]);
  if (claim) throw new MoneyBackNotDue(USED);
  const paidAt = await firstPaidAt(sql, organizationId);
  if (paidAt === null) throw new MoneyBackNotDue("Nothing was paid yet, so nothing can be given back.");
  const end = moneyBackEnd(paidAt);
  if (now.getTime() < end.getTime()) return;
  const lastDay = new Date(end.getTime() - 1).toISOString().slice(0, 10);
  throw new MoneyBackNotDue(`The money-back guarantee ended with ${lastDay}, 30 days after the first payment.`);
}

async function decideCreditNotes(
  sql: Sql,
  organizationId: string,
  backs: readonly { readonly stripeId: string; readonly back: GivenBack }[],
): Promise<string[]> {
  const keys: string[] = [];
  for (const { stripeId, back } of backs) {
    const key = `money-back:${stripeId}`;
    await decideCall(sql, organizationId, {
      kind: "credit_note.create",
      key,
      params: {
        invoice: stripeId,
        amount: stripeAmount(amountOf(back)),
        refund_amount: stripeAmount(back.toCardMinor),
        credit_amount: stripeAmount(back.toBalanceMinor),
        out_of_band_amount: stripeAmount(back.elsewhereMinor),
        memo: "Money-back guarantee",
        metadata: { organization_id: organizationId },
      },
    });
    keys.push(key);
  }
  return keys;
}

async function decideEnds(sql: Sql, organizationId: string, subscriptions: readonly string[]): Promise<string[]> {
  const keys: string[] = [];
  for (const id of subscriptions) {
    const key = `cancel:${id}`;
    await decideCall(sql, organizationId, {
      kind: "subscription.cancel",
      key,
      params: { id, params: { prorate: false, invoice_now: false } },
    });
    keys.push(key);
  }
  return keys;
}
