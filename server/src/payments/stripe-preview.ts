import type Stripe from "stripe";
import type { Platform } from "../platform/scope.ts";
import type { QuoteLine } from "./plan-change.entity.ts";
import { priceOfPlan } from "./plan-prices.ts";
import { stripeUnknown } from "./carry-out.ts";
import { callFault, instantOf, stripeOf, unixOf } from "./stripe-client.ts";
import type { SubscriptionMirror } from "./stripe-subscription.ts";

/** The invoice that an upgrade will bring. A balance below zero is credit. Whole minor units. */
export type UpgradePreview = { readonly lines: readonly QuoteLine[]; readonly balanceMinor: bigint };

/**
 * Asks Stripe what it will invoice for changing a subscription to another plan version, with the
 * rest of the period counted from `prorationAt`. The update with the same instant invoices the same.
 *
 * @param prorationAt a whole second
 * @param quoteId the quote that it is for: asking twice is asking once
 * @throws EdgeFault UPSTREAM_UNAVAILABLE when Stripe does not answer
 */
export async function previewUpgrade(
  platform: Platform,
  { stripeId, itemId }: SubscriptionMirror,
  planVersionId: string,
  prorationAt: Date,
  quoteId: string,
): Promise<UpgradePreview> {
  try {
    const { priceId } = await priceOfPlan(platform, planVersionId);
    const invoice = await stripeOf(platform).invoices.createPreview(
      {
        subscription: stripeId,
        subscription_details: {
          items: [{ id: itemId, price: priceId }],
          proration_behavior: "always_invoice",
          proration_date: unixOf(prorationAt),
        },
      },
      { idempotencyKey: `preview:${quoteId}` },
    );
    return {
      lines: [...invoice.lines.data.map(lineOf), ...taxOf(invoice)],
      balanceMinor: BigInt(invoice.starting_balance),
    };
  } catch (error) {
    if (callFault(error)?.kind === "later") throw stripeUnknown("Stripe does not answer, so the amount is not known");
    throw error;
  }
}

function lineOf(line: Stripe.InvoiceLineItem): QuoteLine {
  const { parent } = line;
  const proration = parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false;
  return {
    kind: proration ? "PRORATION" : "FEE",
    description: line.description ?? "",
    amountMinor: String(line.amount),
    periodStart: instantOf(line.period.start).toISOString(),
    periodEnd: instantOf(line.period.end).toISOString(),
  };
}

/** What tax adds is no line at Stripe, but it is charged. */
function taxOf(invoice: Stripe.Invoice): QuoteLine[] {
  const tax = BigInt(invoice.total) - BigInt(invoice.total_excluding_tax ?? invoice.total);
  if (tax === 0n) return [];
  const at = instantOf(invoice.created).toISOString();
  return [{ kind: "FEE", description: "Tax", amountMinor: tax.toString(), periodStart: at, periodEnd: at }];
}
