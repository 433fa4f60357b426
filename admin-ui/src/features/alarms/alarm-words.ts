import type { AlarmItem_AlarmFragment } from "../../gql/documents";
import { staffInvoiceUrl } from "../invoice-acts/urls";
import { organizationUrl } from "../organizations/urls";
import { reconciliationUrl } from "../reconciliation/urls";
import { eventsInUrl, stripeCallsUrl } from "../stripe-traffic/urls";

type Alarm = Pick<AlarmItem_AlarmFragment, "kind" | "detail" | "organization">;

const KINDS: Readonly<Record<string, string>> = {
  "invoice-held": "Invoice held",
  drift: "Changed at Stripe",
  "webhook-failed": "Webhook failed",
  "call-refused": "Call refused",
  proof: "Proof",
  quarantine: "Quarantine",
  dispute: "Dispute",
  quote: "Quote not kept",
  "money-back": "Money back",
};

/** What kind of matter an alarm is. */
export const kindWords = (kind: string): string => KINDS[kind] ?? kind;

/** A text among the fields of an alarm; the first one where it holds a list. */
function fieldOf(detail: unknown, name: string): string | null {
  if (typeof detail !== "object" || detail === null || !(name in detail)) return null;
  const value: unknown = Object.entries(detail).find(([key]) => key === name)?.[1];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === "string" ? one : null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** Where the matter can be looked at; null where only the alarm itself tells of it. */
export function wayOf({ kind, detail, organization }: Alarm): { readonly to: string; readonly label: string } | null {
  const invoice = fieldOf(detail, "invoiceId");
  if (invoice !== null && UUID.test(invoice)) return { to: staffInvoiceUrl(invoice), label: "Open the invoice" };
  const event = fieldOf(detail, "events");
  if (event !== null) return { to: eventsInUrl({ open: event }), label: "Open the event" };
  const call = fieldOf(detail, "id");
  if (kind === "call-refused" && call !== null) {
    return { to: stripeCallsUrl({ state: "REFUSED", open: call }), label: "Open the call" };
  }
  if (kind === "proof") {
    const report = fieldOf(detail, "report");
    return { to: reconciliationUrl(report === null ? {} : { open: report }), label: "Open the report" };
  }
  return organization ? { to: organizationUrl(organization.id, "subscription"), label: "Open the organization" } : null;
}
