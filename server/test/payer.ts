import { minorFromMajor } from "../src/kernel/money.ts";
import { inPlatformTransaction } from "../src/platform/database/tenant-transaction.ts";
import { Customer } from "./customer.ts";
import { hurryRetries } from "./stripe-events.ts";
import { cards, type StripeWorld } from "./stripe-world.ts";

const SUBSCRIPTION = `id status plan { code version } currentPeriodStart currentPeriodEnd trialEndsAt cancelAt pastDueSince pausedAt collection
  nextPlan { code } nextPlanAt moneyBackUntil canCancel canResume canPause paymentMethod { brand last4 expMonth expYear }
  pendingUpgrade { plan { code } hostedUrl until }`;
const REFUSAL = `... on Refusal { message } ... on UsageDoesNotFit { reasons } ... on PaymentFailed { hostedUrl }`;
const ANSWER = `__typename ... on Subscription { ${SUBSCRIPTION} }`;
const INVOICES = `{ organization { invoices(first: 50) { nodes { id status reason hostedUrl createdAt total { amount } amountDue { amount } amountPaid { amount }
  refunded { amount } credited { amount } lines { kind description amount { amount } quantity } } } } }`;

/** An organization that pays at Stripe, as its owner sees it. */
export class Payer extends Customer {
  declare readonly world: StripeWorld;

  async billing() {
    return (await this.owner.get(`{ organization { subscription { ${SUBSCRIPTION} } } }`)).organization.subscription;
  }

  /** Its invoices, newest first. */
  async invoices(): Promise<any[]> {
    return (await this.owner.get(INVOICES)).organization.invoices.nodes;
  }

  async preview(plan: string) {
    return (
      await this.owner.get(
        `mutation($input: PlanChangeInput!) { previewPlanChange(input: $input) { __typename ... on Refusal { message } ... on PlanChangePreview {
          quoteId kind plan { code } effectiveAt expiresAt lines { kind description amount { amount } } dueNow { amount } nextInvoice { amount }
          losses mustConfirmLosses needsPaymentMethod } } }`,
        { input: { plan } },
      )
    ).previewPlanChange;
  }

  /** What happened to its subscription, oldest first. */
  async timeline(): Promise<string[]> {
    const { organization } = await this.owner.get(`{ organization { subscription { timeline { id at what by } } } }`);
    return organization.subscription.timeline.map(({ what }: { what: string }) => what).toReversed();
  }

  /** What changing the plan is answered, faults included. */
  async tryChange(plan: string, input: object = {}) {
    const { data, errors } = await this.owner.ask(
      `mutation($input: ChangePlanInput!) { changePlan(input: $input) { ${ANSWER} ${REFUSAL} } }`,
      { input: { plan, ...input } },
    );
    return errors?.[0] ? { fault: errors[0].extensions.code, message: errors[0].message } : data.changePlan;
  }

  async tryCancel(atPeriodEnd: boolean) {
    return this.#tryDo("cancelSubscription", "CancelSubscriptionInput", { atPeriodEnd });
  }

  async tryResume() {
    return this.#tryDo("resumeSubscription", "ResumeSubscriptionInput", {});
  }

  async tryPause() {
    return this.#tryDo("pauseSubscription", "PauseSubscriptionInput", {});
  }

  async tryClaim(reason: string | null = null) {
    const { data, errors } = await this.owner.ask(
      `mutation($input: ClaimMoneyBackInput!) { claimMoneyBack(input: $input) { __typename ... on Refusal { message }
        ... on MoneyBack { refunded { amount } subscription { ${SUBSCRIPTION} } } } }`,
      { input: { reason } },
    );
    return errors?.[0] ? { fault: errors[0].extensions.code, message: errors[0].message } : data.claimMoneyBack;
  }

  async #tryDo(mutation: string, type: string, input: object) {
    const { data, errors } = await this.owner.ask(
      `mutation($input: ${type}!) { ${mutation}(input: $input) { ${ANSWER} ... on Refusal { message } } }`,
      { input },
    );
    return errors?.[0] ? { fault: errors[0].extensions.code, message: errors[0].message } : data[mutation];
  }

  /** From now on Stripe works again, and what it kept waiting is tried again. */
  async endFaults(): Promise<void> {
    await this.world.faults([]);
    await hurryRetries(this.id);
  }

  /** Its customer at Stripe. */
  async stripeCustomer() {
    for await (const customer of this.world.stripe.customers.list({ limit: 100 }))
      if (customer.metadata["organization_id"] === this.id) return customer;
    throw new Error("it has no customer at Stripe");
  }

  /** Its one subscription at Stripe that has not ended. */
  async stripeSubscription() {
    const { data } = await this.world.stripe.subscriptions.list({ customer: (await this.stripeCustomer()).id });
    if (data.length !== 1 || !data[0]) throw new Error(`it has ${data.length} subscriptions at Stripe`);
    return data[0];
  }

  /** From now on Stripe charges another card, such as one that is declined. */
  async chargeTo(
    card: "pm_card_visa" | "pm_card_chargeCustomerFail" | "pm_card_authenticationRequired",
  ): Promise<void> {
    const { stripe } = this.world;
    const customer = (await this.stripeCustomer()).id;
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    for (const subscription of (await stripe.subscriptions.list({ customer })).data)
      await stripe.subscriptions.update(subscription.id, { default_payment_method: id });
    await this.world.settle();
  }

  /** Confirms the payment of an invoice with the bank, by the link on its hosted page. */
  async confirmPayment(hostedUrl: string): Promise<void> {
    const link = /href="(\/authenticate\/[^"]+)"/.exec(await (await fetch(hostedUrl)).text())?.[1];
    if (link === undefined) throw new Error(`no payment waits on ${hostedUrl}`);
    const page = new URL(link.replaceAll("&amp;", "&"), hostedUrl);
    const body = new URLSearchParams({ from: page.searchParams.get("from") ?? "", answer: "approve" });
    await fetch(new URL(page.pathname, hostedUrl), { method: "POST", body, redirect: "manual" });
    await this.world.settle();
  }

  async alarms(): Promise<{ kind: string; message: string }[]> {
    return inPlatformTransaction(this.world.platform.pool, (sql) =>
      sql("select kind, message from alarms where organization_id = $1 and cleared_at is null order by raised_at", [
        this.id,
      ]),
    );
  }
}

/** A new organization, on a plan that it has bought with a good card. */
export async function newPayer(world: StripeWorld, plan: "FREE" | "STARTER" | "PROFESSIONAL" = "FREE"): Promise<Payer> {
  const { owner, id } = await world.organization();
  const key = await world.apiKey(owner, ["usage:write", "usage:read"]);
  if (plan !== "FREE") await world.buy(owner, plan, cards.good);
  return new Payer(world, id, owner, key, world.admin);
}

/** Cents of an amount. */
export function centsOf({ amount }: { readonly amount: string }): number {
  const cents = minorFromMajor(amount);
  if (cents === null) throw new Error(`${amount} is not in whole cents`);
  return Number(cents);
}

export const sumOf = (lines: readonly { readonly amount: { readonly amount: string } }[]): number =>
  lines.reduce((sum, { amount }) => sum + centsOf(amount), 0);
