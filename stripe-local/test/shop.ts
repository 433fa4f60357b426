import type Stripe from "stripe";
import { expect } from "vitest";
import { newWorld, type World } from "./world.ts";

export const DAY = 86_400;
export const HOUR = 3600;

export type Shop = World & {
  readonly starter: Stripe.Price;
  readonly professional: Stripe.Price;
  /** A customer whose default card is the one behind an id such as "pm_card_visa"; without a card when left out. */
  readonly customer: (card?: string) => Promise<Stripe.Customer>;
  /** Makes another card the customer's default. */
  readonly pay: (customerId: string, card: string) => Promise<Stripe.PaymentMethod>;
  readonly subscribe: (customerId: string, more?: Partial<Stripe.SubscriptionCreateParams>) => Promise<Subscribed>;
  readonly latest: (subscriptionId: string) => Promise<Subscribed>;
  /** Unix seconds of the sandbox. */
  readonly now: () => Promise<number>;
  /** The types of all events so far, oldest first. */
  readonly told: (ofObject?: string) => Promise<string[]>;
  /** That answers and events so far are as Stripe's contract has them. */
  readonly expectNoFaults: () => Promise<void>;
};

/** A subscription with its latest invoice in it. */
export type Subscribed = Stripe.Subscription & { customer: string; latest_invoice: Stripe.Invoice };

/** A stand-in with two plans: $99 and $499 a month. */
export async function newShop(): Promise<Shop> {
  const world = await newWorld();
  const { stripe, local } = world;
  const plan = (name: string, unit_amount: number): Promise<Stripe.Price> =>
    stripe.prices.create({
      currency: "usd",
      product_data: { name },
      recurring: { interval: "month" },
      unit_amount,
    });
  const [starter, professional] = [await plan("Starter", 9900), await plan("Professional", 49_900)];
  const expand = ["latest_invoice"];
  const pay = async (customerId: string, card: string): Promise<Stripe.PaymentMethod> => {
    const method = await stripe.paymentMethods.attach(card, { customer: customerId });
    await stripe.customers.update(customerId, { invoice_settings: { default_payment_method: method.id } });
    return method;
  };
  return {
    ...world,
    starter,
    professional,
    pay,
    customer: async (card) => {
      const customer = await stripe.customers.create({ name: "Acme", email: "acme@example.com" });
      if (card !== undefined) await pay(customer.id, card);
      return customer;
    },
    subscribe: async (customer, more = {}) =>
      (await stripe.subscriptions.create({
        customer,
        items: [{ price: starter.id }],
        billing_mode: { type: "flexible" },
        expand,
        ...more,
      })) as Subscribed,
    latest: async (id) => (await stripe.subscriptions.retrieve(id, { expand })) as Subscribed,
    now: async () => Math.floor((await local("GET", "clock")).now / 1000),
    told: async (ofObject) => {
      const events: Stripe.Event[] = [];
      for await (const event of stripe.events.list({ limit: 100 })) events.push(event);
      return events
        .filter(({ data }) => ofObject === undefined || (data.object as { id?: string }).id === ofObject)
        .map(({ type }) => type)
        .toReversed();
    },
    expectNoFaults: async () => {
      await local("POST", "webhooks/flush");
      expect(world.faults).toEqual([]);
    },
  };
}

/** When the running period ends, unix seconds. */
export const periodEnd = ({ items }: Stripe.Subscription): number => items.data[0]!.current_period_end;

/** What an invoice says, without what differs between a preview and the invoice itself. */
export const bill = ({ amount_due, lines, starting_balance, total }: Stripe.Invoice) => ({
  amount_due,
  starting_balance,
  total,
  lines: lines.data.map(({ amount, description, period, quantity, parent }) => ({
    amount,
    description,
    period,
    proration: parent?.subscription_item_details?.proration ?? null,
    quantity,
  })),
});
