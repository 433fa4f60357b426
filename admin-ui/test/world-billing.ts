import { FREE, PROFESSIONAL, usd } from "./catalog";
import { connection } from "./connection";
import type { MockEvent } from "./usage";
import { find, ID, type Input, type PageArgs, type Span } from "./world-parts";

const DAY_MS = 86_400_000;

/** How the payment side of a subscription stands: paid by card, nothing scheduled. */
export const billingStanding = () => ({
  collection: "CARD",
  canCancel: true,
  canPause: true,
  canResume: false,
  accessUntil: null as string | null,
  pastDueSince: null as string | null,
  pausedAt: null as string | null,
  nextPlan: null as object | null,
  nextPlanAt: null as string | null,
  moneyBackUntil: null as string | null,
  pendingUpgrade: null as object | null,
  paymentMethod: { brand: "visa", last4: "4242", expMonth: 4, expYear: 2199 } as object | null,
});

/** What was billed to an organization on Starter, and the answers about its plan. */
export function billingWorld(
  { now, start, end }: Span,
  subscription: () => Record<string, unknown>,
  organization: () => object,
  events: () => readonly MockEvent[],
) {
  const at = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString();

  const line = (number: number, kind: string, description: string, amount: string, more: object = {}) => ({
    id: ID(number),
    kind,
    meter: null,
    description,
    quantity: "1",
    estimated: false,
    periodStart: start.toISOString(),
    periodEnd: end.toISOString(),
    amount: usd(amount),
    exactAmount: usd(amount),
    roundingDifference: usd("0"),
    explanation: null,
    usageEvents: null as unknown,
    ...more,
  });

  const usageLine = line(702, "USAGE", "Generations past the allowance", "12.10", {
    meter: "generations",
    quantity: "28",
    explanation: {
      unit: "generation",
      used: "128",
      allowance: "100",
      included: "100",
      billable: "28",
      overLimit: "0",
      amount: usd("12.10"),
      events: 28,
      parts: [
        part("T1", false, "20", "0.25", "1", "5"),
        part("T2", true, "7", "0.50", "2", "7"),
        part("T0", false, "1", "0.10", "1", "0.10"),
      ],
    },
    usageEvents: (args: PageArgs) =>
      connection(
        events().filter(({ rating }) => rating === "BILLABLE"),
        args,
      ),
  });

  const invoice = (number: number, status: string, total: string, more: object = {}) => ({
    id: ID(number),
    number: `QLP-${String(number).padStart(4, "0")}`,
    status,
    reason: "subscription_cycle",
    collection: "CARD",
    verifying: false,
    disputed: false,
    attempts: 1,
    nextAttemptAt: null as string | null,
    createdAt: at(-21),
    issuedAt: at(-21),
    dueAt: null as string | null,
    paidAt: at(-21),
    closedAt: null as string | null,
    periodStart: start.toISOString(),
    periodEnd: end.toISOString(),
    hostedUrl: `http://127.0.0.1:4242/invoice/${number}`,
    pdfPath: `/invoices/${ID(number)}.pdf`,
    organization,
    subtotal: usd(total),
    tax: usd("0"),
    total: usd(total),
    amountDue: usd(total),
    amountPaid: usd(total),
    amountRemaining: usd("0"),
    credited: usd("0"),
    refunded: usd("0"),
    lines: [line(701, "FEE", "Starter, monthly fee", "99.00"), usageLine],
    payments: [{ id: ID(710), amount: usd(total), status: "paid", createdAt: at(-21), paidAt: at(-21) }],
    creditNotes: [] as object[],
    refunds: [] as object[],
    ...more,
  });

  const state = {
    invoices: [
      invoice(42, "PAID", "111.10"),
      invoice(41, "VOID", "99.00", { amountPaid: usd("0"), paidAt: null, closedAt: at(-50), payments: [] }),
    ],
  };

  const preview = (plan: object, more: object) => ({
    __typename: "PlanChangePreview",
    quoteId: ID(800),
    plan,
    effectiveAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + 900_000).toISOString(),
    lines: [] as object[],
    losses: [] as string[],
    mustConfirmLosses: false,
    needsPaymentMethod: false,
    dueNow: usd("0"),
    nextInvoice: usd("499.00"),
    ...more,
  });

  const fields = {
    invoices: ({ status, ...page }: PageArgs & { status?: string | null }) =>
      connection(
        state.invoices.filter((each) => !status || each.status === status),
        page,
      ),
  };

  const answers = {
    invoice: ({ id }: { id: string }): unknown => find(state.invoices, id),
    startCheckout: (): unknown => ({ __typename: "HostedPage", url: "http://127.0.0.1:4242/checkout/1" }),
    openBillingPortal: (): unknown => ({ __typename: "HostedPage", url: "http://127.0.0.1:4242/portal/1" }),
    previewPlanChange: ({ input }: Input<{ plan: string }>): unknown =>
      input.plan === "PROFESSIONAL"
        ? preview(PROFESSIONAL, {
            kind: "UPGRADE",
            dueNow: usd("120.00"),
            lines: [
              line(801, "PRORATION", "Unused time on Starter", "-29.70"),
              line(802, "PRORATION", "Remaining time on Professional", "149.70"),
            ],
          })
        : preview(FREE, {
            kind: "DOWNGRADE",
            effectiveAt: end.toISOString(),
            nextInvoice: usd("12.10"),
            losses: ["5 active projects, Free has 1", "Integrations: basic only, instead of all"],
            mustConfirmLosses: true,
          }),
    changePlan: (): unknown => Object.assign(subscription(), { plan: PROFESSIONAL }),
    cancelSubscription: ({ input }: Input<{ atPeriodEnd: boolean }>): unknown =>
      Object.assign(
        subscription(),
        input.atPeriodEnd
          ? { cancelAt: end.toISOString(), canCancel: false, canResume: true }
          : { plan: FREE, canCancel: false },
      ),
    resumeSubscription: (): unknown =>
      Object.assign(subscription(), { cancelAt: null, canCancel: true, canResume: false }),
    pauseSubscription: (): unknown =>
      Object.assign(subscription(), {
        status: "PAUSED",
        pausedAt: now.toISOString(),
        canPause: false,
        canResume: true,
      }),
    claimMoneyBack: (): unknown => ({
      __typename: "MoneyBack",
      refunded: usd("111.10"),
      subscription: Object.assign(subscription(), {
        plan: FREE,
        moneyBackUntil: null,
        canCancel: false,
        canPause: false,
      }),
    }),
  };

  return { fields, answers, state, invoice };
}

const part = (
  complexity: string,
  premium: boolean,
  quantity: string,
  unitPrice: string,
  multiplier: string,
  amount: string,
) => ({
  complexity,
  premium,
  quantity,
  unitPrice: usd(unitPrice),
  multiplier,
  amount: usd(amount),
  events: Number(quantity),
});
