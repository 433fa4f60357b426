import type { Call } from "../http/call.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { PortalConfiguration, PortalSession } from "../objects/portal.ts";
import type { Price } from "../objects/price.ts";
import type { Product } from "../objects/product.ts";
import type { Customer } from "../objects/customer.ts";
import { isEnded, type Subscription, type SubscriptionStatus } from "../objects/subscription.ts";
import { cadence, cardName, day, money, monthOf, rhythm } from "./format.ts";
import { html, type Html } from "./html.ts";
import { badge } from "./invoice-page.ts";

/** What one visit of the portal looks at. */
export type Portal = {
  readonly session: PortalSession;
  readonly configuration: PortalConfiguration;
  readonly customer: Customer;
};

const looks: Readonly<Record<SubscriptionStatus, readonly [word: string, look: string]>> = {
  active: ["Active", "good"],
  trialing: ["Trial", "good"],
  past_due: ["Past due", "bad"],
  unpaid: ["Unpaid", "bad"],
  incomplete: ["Incomplete", "warn"],
  incomplete_expired: ["Expired", ""],
  paused: ["Paused", "warn"],
  canceled: ["Canceled", ""],
};

/** The subscriptions that are not over, each with what happens next and what can be done about it. */
export function planList(call: Call, portal: Portal, all: readonly Subscription[]): Html {
  const live = all.filter((subscription) => !isEnded(subscription));
  return html`<section class="card" aria-labelledby="plan">
    <h2 id="plan">Current plan</h2>
    ${live.length === 0 && html`<p class="soft">There is no subscription.</p>`}
    ${live.map((subscription) => plan(call, portal, subscription))}
  </section>`;
}

function plan(call: Call, { session, configuration }: Portal, subscription: Subscription): Html {
  const [word, look] = looks[subscription.status];
  const ends = subscription.cancel_at !== null;
  const isOffered = configuration.features.subscription_cancel.enabled;
  return html`<div class="item">
    <div class="stack">
      <div><strong>${planName(call, subscription)}</strong> <span class="badge ${look}">${word}</span></div>
      ${subscription.items.map(({ price }) => html`<p class="soft">${priceText(call, price)}</p>`)}
      <p class="small soft">${nextText(subscription)}</p>
    </div>
    <div class="actions">
      ${
        ends
          ? html`<form method="post" action="/portal/${session.id}/keep/${subscription.id}">
              <button class="plain">Keep subscription</button>
            </form>`
          : isOffered &&
            html`<a class="button plain" href="/portal/${session.id}/cancel/${subscription.id}">Cancel subscription</a>`
      }
    </div>
  </div>`;
}

/** The names of what a subscription is for. */
export function planName({ store }: Call, { items }: Subscription): string {
  const names = items.map(({ price }) => {
    const product = store.get<Price>("price", price)?.product ?? "";
    return store.get<Product>("product", product)?.name ?? "Subscription";
  });
  return [...new Set(names)].join(", ");
}

/** "$99.00 per month"; what is counted is told as such. */
function priceText({ store }: Call, id: string): string {
  const price = store.get<Price>("price", id);
  if (!price) return "";
  const { recurring, unit_amount: amount, currency } = price;
  if (recurring?.usage_type === "metered") return `By usage, billed ${rhythm(recurring)}`;
  if (amount === null) return recurring ? `In tiers, billed ${rhythm(recurring)}` : "In tiers";
  return `${money(amount, currency)} ${recurring ? cadence(recurring) : "once"}`;
}

function nextText({ status, cancel_at, trial_end, items, pause_collection: pause }: Subscription): string {
  const next = Math.min(...items.map(({ current_period_end: end }) => end));
  if (cancel_at !== null) return `Ends on ${day(cancel_at)}`;
  if (status === "paused") return "Paused until it is resumed";
  if (pause) return `Collection is paused${pause.resumes_at === null ? "" : ` until ${day(pause.resumes_at)}`}`;
  if (status === "trialing" && trial_end !== null) return `The trial ends on ${day(trial_end)}`;
  if (status === "past_due") return "The last payment failed. Pay the open invoice below.";
  return `Renews on ${day(next)}`;
}

/** The saved cards, with what each is used for. */
export function methodList(
  call: Call,
  { session, configuration, customer }: Portal,
  methods: readonly PaymentMethod[],
  subscriptions: readonly Subscription[],
): Html {
  const paidBy = ({ id }: PaymentMethod) =>
    subscriptions
      .filter((one) => !isEnded(one) && one.default_payment_method === id)
      .map((one) => planName(call, one))
      .join(", ");
  const standard = customer.invoice_settings.default_payment_method;
  const mayChange = configuration.features.payment_method_update.enabled;
  const button = (action: string, method: PaymentMethod, label: string) =>
    html`<form method="post" action="/portal/${session.id}/${action}/${method.id}">
      <button class="plain" aria-label="${label}: ${cardName(method.card)}">${label}</button>
    </form>`;
  return html`<section class="card" aria-labelledby="methods">
    <h2 id="methods">Payment methods</h2>
    ${methods.length === 0 && html`<p class="soft">No card is saved.</p>`}
    ${methods.map(
      (method) =>
        html`<div class="item">
          <div>
            <strong>${cardName(method.card)}</strong>
            ${method.id === standard && html`<span class="badge good">Default</span>`}
            <p class="small soft">
              Expires ${monthOf(method.card)}${paidBy(method) && ` · Pays for ${paidBy(method)}`}
            </p>
          </div>
          ${mayChange && html`<div class="actions">${method.id !== standard && button("default", method, "Make default")}${button("remove", method, "Remove")}</div>`}
        </div>`,
    )}
    ${mayChange && html`<div class="actions"><a class="button" href="/portal/${session.id}/card">Add payment method</a></div>`}
  </section>`;
}

export function invoiceTable(invoices: readonly Invoice[]): Html {
  return html`<section class="card" aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    ${invoices.length === 0 && html`<p class="soft">There is no invoice yet.</p>`}
    ${
      invoices.length > 0 &&
      html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Number</th>
              <th scope="col">Status</th>
              <th scope="col" class="amount">Amount</th>
            </tr>
          </thead>
          <tbody>
            ${invoices.map(
              (invoice) =>
                html`<tr>
                  <td>${day(invoice.status_transitions.finalized_at ?? invoice.created)}</td>
                  <td><a href="${invoice.hosted_invoice_url}">${invoice.number}</a></td>
                  <td>${badge(invoice)}</td>
                  <td class="amount">${money(invoice.total, invoice.currency)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`
    }
  </section>`;
}
