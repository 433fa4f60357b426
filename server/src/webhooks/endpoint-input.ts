import { readLine } from "../platform/graphql/text.ts";
import { chosenEvents, type WebhookEventType } from "./webhook-event.ts";
import { UnknownWebhookEvent } from "./webhook.refusals.ts";

const MAX_DESCRIPTION = 200;

/** What people call an endpoint; nothing is a name too. */
export const readDescription = (text: string): string =>
  text.trim() === "" ? "" : readLine(text, "description", MAX_DESCRIPTION);

/**
 * The events that are chosen, each once, in the order of the list.
 *
 * @throws UnknownWebhookEvent when there is no such event, or none is chosen
 */
export function readEvents(asked: readonly string[]): WebhookEventType[] {
  const unknown = asked.filter((event) => !(chosenEvents as readonly string[]).includes(event));
  if (unknown.length > 0 || asked.length === 0) throw new UnknownWebhookEvent(unknown, chosenEvents);
  return chosenEvents.filter((event) => asked.includes(event));
}
