import { maybeText, oneOf, pageSize } from "../../lib/url-state";

/** The statuses people filter by, in their words. */
export const STATUS_FILTERS = [
  { value: "OPEN", label: "Open" },
  { value: "PAID", label: "Paid" },
  { value: "DRAFT", label: "Being verified" },
  { value: "VOID", label: "Void" },
  { value: "UNCOLLECTIBLE", label: "Written off" },
] as const;

/** What the URL of the list holds. */
export const INVOICES_URL = {
  status: oneOf(
    STATUS_FILTERS.map(({ value }) => value),
    null,
  ),
  after: maybeText(),
  size: pageSize(),
};

/** What the URL of an invoice holds: the line that is open, and the page of its events. */
export const INVOICE_URL = { line: maybeText(), after: maybeText(), size: pageSize() };
