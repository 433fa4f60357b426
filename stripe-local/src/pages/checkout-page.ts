import type { Call } from "../http/call.ts";
import { noSuch, type StripeError } from "../http/stripe-error.ts";
import type { CheckoutLine, CheckoutSession } from "../objects/checkout-session.ts";
import type { Customer } from "../objects/customer.ts";
import type { Price } from "../objects/price.ts";
import type { Actions } from "./actions.ts";
import { cardFields, cardHints, readCard, type CardFields } from "./card-form.ts";
import { after, attempt, type Answer, type Door } from "./door.ts";
import { cadence, day, money, rhythm } from "./format.ts";
import { html, type Html } from "./html.ts";
import { layout, MERCHANT, messagePage, note } from "./layout.ts";

/** One line of the order, with its price in full. */
type Item = Pick<CheckoutLine, "amount_total" | "description" | "quantity"> & { readonly price: Price | null };

/** Checkout: what is being bought, and the card that pays for it or is to be saved. */
export function addCheckoutPage(door: Door, actions: Actions): void {
  door.get("/checkout/:id", ({ ids, query }, perform) => {
    return perform((call) => shown(call, find(call, ids["id"]), query["authentication"] === "failed"));
  });
  door.post("/checkout/:id", ({ ids, form }, perform) => {
    const here = `/checkout/${ids["id"]}`;
    const session = perform((call) => find(call, ids["id"]));
    if (session.status !== "open") return { goTo: here };
    const done = attempt(() => perform((call) => actions.completeCheckout(call, session.id, readCard(form, call.now))));
    if ("result" in done) return after(done.result, here, here);
    return { status: 422, markup: perform((call) => page(call, session, form, done.fault)) };
  });
}

function find({ store }: Call, id = ""): CheckoutSession {
  const session = store.get<CheckoutSession>("checkout.session", id);
  if (!session) throw noSuch("checkout session", id);
  return session;
}

function shown(call: Call, session: CheckoutSession, authenticationFailed: boolean): Answer {
  if (session.status === "complete") {
    const url = session.success_url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
    return url ? { goTo: url } : { markup: messagePage("Thank you", "This checkout is complete.") };
  }
  if (session.status === "expired") {
    const link = session.cancel_url === null ? {} : { link: { url: session.cancel_url, label: `Back to ${MERCHANT}` } };
    return {
      status: 410,
      markup: messagePage("This checkout has expired", "Start again from where you came.", link.link),
    };
  }
  return { markup: page(call, session, {}, null, authenticationFailed) };
}

function page(
  call: Call,
  session: CheckoutSession,
  fields: CardFields,
  fault: StripeError | null,
  authenticationFailed = false,
): string {
  const isSetup = session.mode === "setup";
  const { cancel_url: back } = session;
  return layout({
    title: isSetup ? "Save a card" : "Checkout",
    shape: isSetup ? "narrow" : "two",
    back: back === null ? null : { url: back, label: `Back to ${MERCHANT}` },
    body: html`${!isSetup && order(call, session)}
      <section class="card" aria-labelledby="card">
        ${
          isSetup
            ? html`<h1 id="card">Save a card</h1>
                <p class="soft">It is used for coming payments. Nothing is charged now.</p>`
            : html`<h2 id="card">Pay with a card</h2>`
        }
        ${contact(call, session)}
        ${note("bad", authenticationFailed ? "Your bank could not confirm the card. Use another one or try again." : null)}
        ${fault && html`<p class="note bad" role="alert" id="fault">${fault.message}</p>`}
        <form method="post" action="/checkout/${session.id}">
          ${cardFields(fields, fault)}
          <button class="wide">${label(session)}</button>
        </form>
        ${cardHints()}
      </section>`,
  });
}

function order(call: Call, session: CheckoutSession): Html {
  const items = itemsOf(call, session);
  const currency = session.currency ?? "usd";
  const trialEnd = trialEndOf(call, session);
  const recurring = items.find(({ price }) => price?.recurring)?.price?.recurring;
  const regular = items.reduce((sum, { price, quantity }) => sum + (price?.unit_amount ?? 0) * (quantity ?? 1), 0);
  const later = recurring ? `${money(regular, currency)} ${cadence(recurring)}` : null;
  return html`<section class="rows">
    <div class="stack">
      <p class="soft">Subscribe to ${items.map(({ description }) => description).join(", ")}</p>
      <h1 class="big">${trialEnd === null ? money(session.amount_total ?? 0, currency) : "Free trial"}</h1>
      ${trialEnd !== null && html`<p class="soft">Until ${day(trialEnd)}, then ${later}</p>`}
      ${trialEnd === null && recurring && html`<p class="soft">Billed ${rhythm(recurring)} until you cancel</p>`}
    </div>
    <div class="card">
      <div class="rows">
        ${items.map(
          ({ description, price, quantity, amount_total: amount }) =>
            html`<div class="row">
              <span
                >${description}${(quantity ?? 1) > 1 && ` × ${quantity}`}${
                  price?.recurring &&
                  html`<br /><span class="soft small"
                      >${price.recurring.usage_type === "metered" ? "By usage" : `Billed ${rhythm(price.recurring)}`}</span
                    >`
                }</span
              ><span>${money(trialEnd === null ? amount : (price?.unit_amount ?? 0) * (quantity ?? 1), currency)}</span>
            </div>`,
        )}
      </div>
      <div class="rows total">
        <div class="row"><span>Due today</span><span>${money(session.amount_total ?? 0, currency)}</span></div>
      </div>
    </div>
  </section>`;
}

function contact(call: Call, { customer, customer_email }: CheckoutSession): Html | null {
  const known = customer === null ? null : call.store.get<Customer>("customer", customer);
  const email = known?.email ?? customer_email;
  return email === null || email === undefined ? null : html`<p class="small soft">For ${email}</p>`;
}

const itemsOf = ({ store }: Call, { local }: CheckoutSession): Item[] =>
  local.lines.map(({ amount_total, description, quantity, price }) => ({
    amount_total,
    description,
    quantity,
    price: store.get<Price>("price", price),
  }));

const label = ({ mode }: CheckoutSession): string => (mode === "setup" ? "Save card" : "Subscribe");

const DAY = 86_400;

/** When the trial ends that the subscription starts with; null without one. */
function trialEndOf({ now }: Call, { local }: CheckoutSession): number | null {
  const { trial_end: end, trial_period_days: days } = local.subscriptionData;
  if (typeof end === "number") return end;
  return typeof days === "number" ? now + days * DAY : null;
}
