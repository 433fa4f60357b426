import { maybeText, oneOf, pageSize, type UrlState } from "../../lib/url-state";
import { EVENTS, TEST_EVENT } from "./webhook-words";

/** What the URL of an endpoint's log holds. */
export const DELIVERIES_URL = {
  state: oneOf(["PENDING", "DELIVERED", "FAILED"], null),
  type: oneOf([...EVENTS.map(({ event }) => event), TEST_EVENT], null),
  open: maybeText(),
  after: maybeText(),
  size: pageSize(),
};

export type DeliveriesView = Pick<UrlState<typeof DELIVERIES_URL>, "view" | "setView" | "hrefWith">;
