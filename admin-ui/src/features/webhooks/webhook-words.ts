import type { WebhookDeliveryState, WebhookEndpointFragment } from "../../gql/documents";
import type { Tone } from "../../ui/Status";

/** What an endpoint may be told of. */
export const EVENTS = [
  { event: "usage.alert", means: "50, 80 or 100 % of an allowance is used" },
  { event: "spending_cap.alert", means: "50, 80 or 100 % of the spending cap is used" },
  { event: "hold.expired", means: "A hold gave itself back unused" },
  { event: "subscription.updated", means: "The plan, its status or what follows it has changed" },
  { event: "invoice.issued", means: "An invoice was issued" },
  { event: "invoice.paid", means: "An invoice was paid" },
  { event: "invoice.payment_failed", means: "A payment failed" },
  { event: "invoice.voided", means: "An invoice is not owed any more" },
] as const;

type Words = { readonly label: string; readonly tone: Tone; readonly means: string };

export const DELIVERY_STATES: Readonly<Record<WebhookDeliveryState, Words>> = {
  PENDING: { label: "On its way", tone: "info", means: "Its next try waits or runs." },
  DELIVERED: { label: "Delivered", tone: "good", means: "The endpoint answered with a code from 200 to 299." },
  FAILED: { label: "Given up", tone: "bad", means: "It is not tried again by itself." },
};

type Health = Pick<WebhookEndpointFragment, "disabledAt" | "disabledBecause" | "failingSince">;

/** How an endpoint does, in a word. */
export function endpointState({ disabledAt, disabledBecause, failingSince }: Health): Words {
  if (disabledAt !== null) return { label: "Off", tone: "plain", means: whyOff(disabledBecause) };
  if (failingSince !== null) return { label: "Failing", tone: "bad", means: "The last try did not arrive." };
  return { label: "On", tone: "good", means: "Messages are sent to it." };
}

/** Why nothing is sent to an endpoint. */
export function whyOff(because: string | null): string {
  switch (because) {
    case "failing":
      return "It was switched off, since nothing had reached it for three days.";
    case "gone":
      return "It was switched off, since it answered 410 Gone.";
    default:
      return "It was switched off by hand.";
  }
}

type Day = Omit<WebhookEndpointFragment["lastDay"], "__typename">;

/** "12 of 13 delivered"; what is still on its way is no failure. */
export function dayWords({ delivered, failed, waiting }: Day): string {
  const total = delivered + failed;
  if (total + waiting === 0) return "Nothing sent";
  const more = waiting === 0 ? "" : `, ${waiting} on ${waiting === 1 ? "its" : "their"} way`;
  return total === 0 ? more.slice(2) : `${delivered} of ${total} delivered${more}`;
}
