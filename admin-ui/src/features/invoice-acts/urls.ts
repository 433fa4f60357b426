const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const written = new URLSearchParams(given).toString();
  return written === "" ? path : `${path}?${written}`;
};

/** The bills of all customers; `held: "1"` those that wait because two sides differ. */
export const staffInvoicesUrl = (view: { status?: string; held?: "1"; search?: string } = {}): string =>
  withQuery("/console/invoices", view);

/** One bill, as staff see it. */
export const staffInvoiceUrl = (id: string): string => `/console/invoices/${id}`;

/** A page to take money off a bill. */
export const creditInvoiceUrl = (id: string): string => `/console/invoices/${id}/credit`;

/** A page to write a bill for one organization by hand. */
export const newInvoiceUrl = (organizationId: string): string =>
  `/console/organizations/${organizationId}/invoices/new`;
