/** What the open period will cost; `line` opens one line to its events. */
export const upcomingInvoiceUrl = (organizationId?: string, view: { line?: string } = {}): string => {
  const path =
    organizationId === undefined ? "/app/billing/upcoming" : `/console/organizations/${organizationId}/billing`;
  return view.line === undefined ? path : `${path}?${new URLSearchParams({ line: view.line }).toString()}`;
};

/** The plan, how it stands, and what else could be had. */
export const planUrl = (): string => "/app/billing/plan";

/** What changing to a plan costs and means, and the button that does it. */
export const changePlanUrl = (to: string): string =>
  `/app/billing/plan/change?${new URLSearchParams({ to }).toString()}`;

/** What ending the plan means, and the button that does it. */
export const cancelPlanUrl = (): string => "/app/billing/plan/cancel";

/** What usage costs, how much it may, and who is told. */
export const spendingUrl = (): string => "/app/billing/spending";

/** The card that is charged. */
export const paymentMethodUrl = (): string => "/app/billing/payment";

/** Where Stripe's page sends people back to after they paid. */
export const checkoutReturnUrl = (plan: string): string =>
  `/checkout/return?${new URLSearchParams({ plan }).toString()}`;
