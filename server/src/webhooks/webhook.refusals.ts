import { Refusal } from "../kernel/refusal.ts";

/** A URL that messages are not sent to. */
export class WebhookUrlRefused extends Refusal {}

export class UnknownWebhookEvent extends Refusal {
  constructor(unknown: readonly string[], known: readonly string[]) {
    const what = unknown.length === 0 ? "Choose at least one event." : `Unknown event: ${unknown.map(cut).join(", ")}.`;
    super(`${what} There are: ${known.join(", ")}.`);
  }
}

/** What the caller sent may be long. */
const cut = (event: string): string => (event.length > 40 ? `${event.slice(0, 40)}…` : event);

export class TooManyWebhookEndpoints extends Refusal {
  constructor(most: number) {
    super(`An organization has at most ${most} endpoints. Delete one that is not needed any more.`);
  }
}

export class WebhookEndpointDisabled extends Refusal {
  constructor() {
    super("The endpoint is switched off. Switch it on first.");
  }
}
