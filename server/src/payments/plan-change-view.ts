import { planView } from "../catalog/plan-view.ts";
import type { LineView } from "../invoices/invoice-view.ts";
import { moneyFromMinor } from "../platform/graphql/money.type.ts";
import type { QuoteLine } from "./plan-change.entity.ts";
import type { PlanChangePreviewType } from "./plan-change.type.ts";
import type { PlanChangePreview } from "./preview-plan-change.ts";

/** A preview as the API shows it. */
export const previewView = ({ quote, plan, losses, needsPaymentMethod }: PlanChangePreview): PlanChangePreviewType => ({
  quoteId: quote.id,
  kind: quote.kind,
  plan: planView(plan),
  effectiveAt: quote.effectiveAt,
  expiresAt: quote.expiresAt,
  lines: quote.lines.map((line, index) => lineView(line, `${quote.id}:${index}`)),
  dueNow: moneyFromMinor(quote.dueNowMinor),
  nextInvoice: moneyFromMinor(quote.nextInvoiceMinor),
  losses: quote.losses,
  mustConfirmLosses: losses.unfit.length > 0 && quote.kind !== "START" && quote.kind !== "UPGRADE",
  needsPaymentMethod,
});

function lineView(line: QuoteLine, id: string): LineView {
  const amount = moneyFromMinor(BigInt(line.amountMinor));
  return {
    id,
    kind: line.kind,
    meter: null,
    description: line.description,
    quantity: "1",
    amount,
    exactAmount: amount,
    roundingDifference: moneyFromMinor(0n),
    estimated: false,
    periodStart: new Date(line.periodStart),
    periodEnd: new Date(line.periodEnd),
    usage: null,
  };
}
