/** The customer's rooms, or the staff's rooms of one customer. */
const rooms = (organizationId?: string): string =>
  organizationId === undefined ? "/app" : `/console/organizations/${organizationId}`;

const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const written = new URLSearchParams(given).toString();
  return written === "" ? path : `${path}?${written}`;
};

/** The usage of a period by meter. */
export const usageUrl = (
  organizationId?: string,
  view: { period?: string; by?: string; meter?: string } = {},
): string => withQuery(`${rooms(organizationId)}/usage`, view);

/** Staff have the events in a tab of the organization; customers below their usage. */
const eventsPath = (organizationId?: string): string =>
  organizationId === undefined ? "/app/usage/events" : `${rooms(organizationId)}/events`;

export const usageEventsUrl = (
  organizationId?: string,
  view: {
    meter?: string;
    complexity?: string;
    rating?: string;
    from?: string;
    to?: string;
    q?: string;
    tab?: string;
    live?: string;
  } = {},
): string => withQuery(eventsPath(organizationId), view);

/** One event, opened beside the list. */
export const usageEventUrl = (id: string, organizationId?: string): string =>
  withQuery(eventsPath(organizationId), { open: id });

/** Staff: a page of one event, by its id or its idempotency key. */
export const eventLedgerUrl = (organizationId: string, idOrKey: string): string =>
  `${eventsPath(organizationId)}/${encodeURIComponent(idOrKey)}`;
