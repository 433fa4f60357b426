import type { UpcomingInvoiceQuery } from "../../gql/documents";
import { maybeText, pageSize } from "../../lib/url-state";

export type Preview = NonNullable<UpcomingInvoiceQuery["organization"]["upcomingInvoice"]>;

/** What the URL holds: the line that is open, and the page of its events. */
export const UPCOMING_URL = { line: maybeText(), after: maybeText(), size: pageSize() };
