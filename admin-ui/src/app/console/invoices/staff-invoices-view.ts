import { STATUS_FILTERS } from "../../../features/invoices/invoices-view";
import { flag, maybeText, oneOf, pageSize, text, type UrlState, type Values } from "../../../lib/url-state";
import type { FilterChip } from "../../../ui/FilterChips";

/** What the URL of the list of all invoices holds. */
export const STAFF_INVOICES_URL = {
  search: text(200),
  status: oneOf(
    STATUS_FILTERS.map(({ value }) => value),
    null,
  ),
  held: flag(),
  after: maybeText(),
  size: pageSize(),
};

/** The statuses in the words of staff, for whom a draft is not only being verified. */
export const STAFF_STATUSES = STATUS_FILTERS.map(({ value, label }) => ({
  value,
  label: value === "DRAFT" ? "Draft" : label,
}));

export type StaffInvoicesView = Values<typeof STAFF_INVOICES_URL>;
export type SetView = UrlState<typeof STAFF_INVOICES_URL>["setView"];

export const NO_FILTER = { search: "", status: null, held: false } satisfies Partial<StaffInvoicesView>;

/** What the API is asked. */
export const variablesOf = ({ size, after, search, status, held }: StaffInvoicesView) => ({
  first: size,
  after,
  search: search === "" ? null : search,
  status,
  held: held ? true : null,
});

/** The filters in force as words. */
export function chipsOf({ search, status, held }: StaffInvoicesView, setView: SetView): FilterChip[] {
  const labels: [keyof typeof NO_FILTER, string | null][] = [
    ["search", search === "" ? null : `"${search}"`],
    ["status", STAFF_STATUSES.find(({ value }) => value === status)?.label ?? null],
    ["held", held ? "Held" : null],
  ];
  return labels.flatMap(([name, label]) =>
    label === null ? [] : [{ name, label, onRemove: () => setView({ [name]: NO_FILTER[name] }) }],
  );
}
