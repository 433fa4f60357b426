import type { Event, EventLog } from "../http/event-log.ts";
import type { PageParams } from "../http/paging.ts";
import type { List, Route } from "../http/route.ts";
import { noSuch, StripeError } from "../http/stripe-error.ts";

type ListParams = PageParams & { type?: string; types?: string[]; delivery_success?: boolean };

const MAX_TYPES = 20;

export const eventRoutes = (log: EventLog): Route[] => [
  { method: "GET", path: "/v1/events", handle: (_call, params: ListParams) => list(log, params) },
  {
    method: "GET",
    path: "/v1/events/:id",
    handle(_call, _params, { id = "" }) {
      const event = log.get(id);
      if (!event) throw noSuch("event", id);
      return event;
    },
  },
];

function list(log: EventLog, params: ListParams): List<Event> {
  const { limit = 10, starting_after, ending_before, created, type, types, delivery_success: delivered } = params;
  if (type !== undefined && types !== undefined) {
    throw new StripeError("You may only specify one of these parameters: type, types.");
  }
  if ((types?.length ?? 0) > MAX_TYPES) throw new StripeError(`You may name at most ${MAX_TYPES} types.`);
  const place = (param: string, id: string): number => {
    const found = log.placeOf(id);
    if (found === null) throw noSuch("event", id, param);
    return found;
  };
  const wanted = types ?? (type === undefined ? undefined : [type]);
  const found: Event[] = [];
  const walk = log.walk({
    ...(wanted ? { types: wanted } : {}),
    ...(created === undefined ? {} : { created }),
    ...(starting_after === undefined ? {} : { before: place("starting_after", starting_after) }),
    ...(ending_before === undefined ? {} : { after: place("ending_before", ending_before) }),
  });
  for (const event of walk) {
    if (delivered !== undefined && delivered !== (event.pending_webhooks === 0)) continue;
    found.push(event);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  if (ending_before !== undefined) data.reverse();
  return { object: "list", url: "/v1/events", has_more: found.length > limit, data };
}
