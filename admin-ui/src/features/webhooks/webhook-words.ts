import type { WebhookDeliveryState, WebhookEndpointFragment } from "../../gql/documents";
import type { Tone } from "../../ui/Status";

/** What an endpoint may be told of. */
export const EVENTS = [
  { event: "usage.alert", means: "50, 80 or 100 % of a meter's allowance is used in this period." },
  { event: "spending_cap.alert", means: "50, 80 or 100 % of your spending cap is used in this period." },
  { event: "hold.expired", means: "A hold ran out before its work was reported, and gave its units back." },
  { event: "subscription.updated", means: "The plan, its status or what follows it has changed." },
  { event: "invoice.issued", means: "An invoice was issued and is owed." },
  { event: "invoice.paid", means: "An invoice was paid in full." },
  { event: "invoice.payment_failed", means: "A try to collect an invoice failed; it says when the next one is." },
  { event: "invoice.voided", means: "An invoice was voided and is not owed any more." },
] as const;

/** What the test button sends, whatever was chosen. */
export const TEST_EVENT = "webhook.test";

/** An endpoint in a few words: whom it belongs to. */
export const hostOf = (url: string): string => new URL(url).host;

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
