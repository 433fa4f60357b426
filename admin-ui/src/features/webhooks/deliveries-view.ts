import { maybeText, oneOf, pageSize, type UrlState } from "../../lib/url-state";

/** What the URL of an endpoint's log holds. */
export const DELIVERIES_URL = {
  state: oneOf(["PENDING", "DELIVERED", "FAILED"], null),
  open: maybeText(),
  after: maybeText(),
  size: pageSize(),
};

export type DeliveriesView = Pick<UrlState<typeof DELIVERIES_URL>, "view" | "setView" | "hrefWith">;
