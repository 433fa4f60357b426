/** What the open period will cost; `line` opens one line to its events. */
export const upcomingInvoiceUrl = (organizationId?: string, view: { line?: string } = {}): string => {
  const path =
    organizationId === undefined ? "/app/billing/upcoming" : `/console/organizations/${organizationId}/billing`;
  return view.line === undefined ? path : `${path}?${new URLSearchParams({ line: view.line }).toString()}`;
};
