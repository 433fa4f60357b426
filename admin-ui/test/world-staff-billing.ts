import { usd } from "./catalog";
import { connection } from "./connection";
import { ID, type Input, type PageArgs } from "./world-parts";

type Listed = {
  readonly id: string;
  readonly status: string;
  readonly heldAt?: string | null;
  readonly subscription?: unknown;
};
type Customer = { readonly id: string; readonly name: string; readonly subscription: { readonly id: string } };

/** What staff see of the billing: all is well, and nothing waits. Answers can be replaced. */
export function staffBillingWorld(now: number, organizations: readonly Customer[], invoices: () => readonly Listed[]) {
  const at = new Date(now).toISOString();
  const entry = (customer: Customer) => ({
    collection: "CARD",
    cancelAt: null,
    pastDueSince: null,
    currentPeriodEnd: at,
    ...customer.subscription,
    organization: customer,
    nextCharge: usd("99.00"),
    accessUntil: null,
    stripeSubscriptionId: "sub_1",
    stripeUrl: null,
    drift: false,
  });
  const proof = {
    id: ID(900),
    startedAt: at,
    finishedAt: at,
    clean: true,
    checked: [{ rule: "payments", count: 12 }],
    differenceCount: 0,
    differences: [],
    error: null,
  };
  return {
    billingHealth: (): unknown => ({
      heldInvoices: invoices().filter(({ heldAt }) => heldAt != null).length,
      openAlarms: 0,
      failedEvents: 0,
      pendingCalls: 0,
      oldestPendingSeconds: null,
      lastRepairAt: at,
      lastProofAt: at,
      standIn: true,
    }),
    latestProof: (): unknown => proof,
    proofReports: (args: PageArgs): unknown => connection([proof], args),
    proofReport: (): unknown => proof,
    runProof: (): unknown => proof,
    dunningCases: (): unknown => [],
    alarms: (args: PageArgs): unknown => connection([], args),
    stripeEvents: (args: PageArgs): unknown => connection([], args),
    stripeCalls: (args: PageArgs): unknown => connection([], args),
    invoices: ({ status, held, ...page }: PageArgs & { status?: string | null; held?: boolean | null }): unknown =>
      connection(
        invoices().filter(
          (each) => (!status || each.status === status) && (held == null || (each.heldAt != null) === held),
        ),
        page,
      ),
    subscriptions: ({ search, ...page }: PageArgs & { search?: string | null }): unknown =>
      connection(
        organizations.filter(({ id, name }) => !search || id === search || name.includes(search)).map(entry),
        page,
      ),
    recheckInvoice: (_: Input<{ id: string }>): unknown => ({
      __typename: "InvoiceRefused",
      message: "The draft and the ledger still differ. Starter: 99.00 in the ledger, 98.99 at Stripe.",
    }),
  };
}
