import type { UsageEventFilter } from "../../gql/documents";
import { isDate } from "../../lib/range";
import { meterName, METERS } from "../../lib/quantity";
import { flag, maybeText, oneOf, pageSize, text, type Values } from "../../lib/url-state";
import type { FilterChip } from "../../ui/FilterChips";
import { ACTIONS, COMPLEXITIES, RATINGS } from "./words";

const ACTION_CODES = ["GENERATION", "VALIDATION", "EXPORT", "API_CALL", "STORAGE"] as const;
const RATING_CODES = ["INCLUDED", "BILLABLE", "OVER_LIMIT", "TRIAL", "FAILED", "VOIDED"] as const;

/** Everything about the list of events that the URL holds. */
export const EVENTS_URL = {
  tab: oneOf(["recorded", "rejected"], "recorded"),
  action: oneOf(ACTION_CODES, null),
  complexity: oneOf(COMPLEXITIES, null),
  rating: oneOf(RATING_CODES, null),
  meter: oneOf(METERS, null),
  late: flag(),
  q: text(128),
  from: text(10),
  to: text(10),
  live: flag(),
  open: maybeText(),
  after: maybeText(),
  size: pageSize(),
};

export type EventsView = Values<typeof EVENTS_URL>;

const DAY_MS = 86_400_000;

/** What the API is asked. Dates are inclusive UTC days; a range that means nothing is left out. */
export function filterOf({ action, complexity, rating, meter, late, q, from, to }: EventsView): UsageEventFilter {
  return {
    ...(action ? { action } : {}),
    ...(complexity ? { complexity } : {}),
    ...(rating ? { rating } : {}),
    ...(meter ? { meter } : {}),
    ...(late ? { late } : {}),
    ...(q === "" ? {} : { search: q }),
    ...(isDate(from) ? { from: `${from}T00:00:00.000Z` } : {}),
    ...(isDate(to) ? { to: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS).toISOString() } : {}),
  };
}

export const NO_FILTER = {
  action: null,
  complexity: null,
  rating: null,
  meter: null,
  late: false,
  q: "",
  from: "",
  to: "",
} satisfies Partial<EventsView>;

/** The filters in force as words. */
export function chipsOf(view: EventsView, setView: (change: Partial<EventsView>) => void): FilterChip[] {
  const { action, complexity, rating, meter, late, q, from, to } = view;
  const labels: [keyof typeof NO_FILTER, string | null][] = [
    ["action", action && ACTIONS[action]],
    ["complexity", complexity && `Complexity ${complexity}`],
    ["rating", rating && RATINGS[rating].label],
    ["meter", meter && `Billed by ${meterName(meter)}`],
    ["late", late ? "Late" : null],
    ["q", q === "" ? null : `Key starts with "${q}"`],
    ["from", isDate(from) ? `From ${from}` : null],
    ["to", isDate(to) ? `Until ${to}` : null],
  ];
  return labels.flatMap(([name, label]) =>
    label === null ? [] : [{ name, label, onRemove: () => setView({ [name]: NO_FILTER[name] }) }],
  );
}
