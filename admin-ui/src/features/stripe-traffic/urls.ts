const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const written = new URLSearchParams(query).toString();
  return written === "" ? path : `${path}?${written}`;
};

/** What Stripe told us. */
export const eventsInUrl = (view: { state?: string; open?: string } = {}): string =>
  withQuery("/console/platform/webhooks", view);

/** What we asked of Stripe. */
export const stripeCallsUrl = (view: { state?: string; open?: string } = {}): string =>
  withQuery("/console/platform/stripe-calls", view);
