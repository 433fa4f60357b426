const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const written = new URLSearchParams(given).toString();
  return written === "" ? path : `${path}?${written}`;
};

/** The bills of the customer. */
export const invoicesUrl = (view: { status?: string } = {}): string => withQuery("/app/billing/invoices", view);

/** One bill; `line` opens one line to its events. */
export const invoiceUrl = (id: string, view: { line?: string } = {}): string =>
  withQuery(`/app/billing/invoices/${id}`, view);
