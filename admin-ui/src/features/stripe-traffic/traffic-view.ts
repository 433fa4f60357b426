import type { StripeCallsQuery } from "../../gql/documents";
import { maybeText, oneOf, pageSize, text, type UrlState } from "../../lib/url-state";

/** What the URL of the inbox holds. */
export const EVENTS_URL = {
  state: oneOf(["RECEIVED", "HANDLED", "IGNORED", "QUARANTINED", "FAILED"], null),
  type: text(100),
  open: maybeText(),
  after: maybeText(),
  size: pageSize(),
};

/** What the URL of the outbox holds. */
export const CALLS_URL = {
  state: oneOf(["PENDING", "DONE", "REFUSED", "FAILED"], null),
  kind: text(100),
  open: maybeText(),
  after: maybeText(),
  size: pageSize(),
};

export type EventsView = Pick<UrlState<typeof EVENTS_URL>, "view" | "setView" | "hrefWith">;
export type CallsView = Pick<UrlState<typeof CALLS_URL>, "view" | "setView" | "hrefWith">;

export type Call = StripeCallsQuery["stripeCalls"]["nodes"][number];
