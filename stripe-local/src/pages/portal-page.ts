import { makeDefault } from "../billing/card-setup.ts";
import type { Call } from "../http/call.ts";
import { noSuch, StripeError } from "../http/stripe-error.ts";
import type { Customer } from "../objects/customer.ts";
import type { Invoice } from "../objects/invoice.ts";
import { detach } from "../objects/payment-method-routes.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { PortalConfiguration, PortalSession } from "../objects/portal.ts";
import type { Subscription } from "../objects/subscription.ts";
import type { Actions } from "./actions.ts";
import { cardFields, cardHints, readCard, type CardFields } from "./card-form.ts";
import { after, attempt, type Answer, type Door, type Perform, type Visit } from "./door.ts";
import { day } from "./format.ts";
import { html } from "./html.ts";
import { layout, note } from "./layout.ts";
import { invoiceTable, methodList, planList, planName, type Portal } from "./portal-sections.ts";

/** Links are good for a day of the sandbox. */
const GOOD_FOR = 86_400;

type Notice = { readonly kind: "bad" | "good"; readonly text: string };

/** The billing portal: plan, payment methods and invoices of one customer. */
export function addPortalPage(door: Door, actions: Actions): void {
  door.get("/portal/:id", (visit, perform) => {
    return perform((call) => {
      const portal = open(call, visit);
      const { flow } = portal.session;
      const isFresh = Object.keys(visit.query).length === 0;
      if (isFresh && flow?.type === "payment_method_update") return { goTo: `/portal/${portal.session.id}/card` };
      if (isFresh && flow?.subscription_cancel) {
        return { goTo: `/portal/${portal.session.id}/cancel/${flow.subscription_cancel.subscription}` };
      }
      const failed = visit.query["authentication"] === "failed";
      const text = "Your bank could not confirm the card. It was not saved.";
      return { markup: overview(call, portal, failed ? { kind: "bad", text } : noticeOf(visit.query["done"])) };
    });
  });

  door.get("/portal/:id/card", (visit, perform) => ({
    markup: perform((call) => cardPage(call, open(call, visit), {}, null)),
  }));
  door.post("/portal/:id/card", (visit, perform) => saveCard(visit, perform, actions));

  door.post(
    "/portal/:id/default/:method",
    acting("default-set", (call, { customer, configuration }, { method = "" }) => {
      mayChangeCards(configuration);
      makeDefault(call, customer.id, owned(call, customer, method).id);
    }),
  );
  door.post(
    "/portal/:id/remove/:method",
    acting("card-removed", (call, { customer, configuration }, { method = "" }) => {
      mayChangeCards(configuration);
      detach(call, owned(call, customer, method).id);
    }),
  );
  door.get("/portal/:id/cancel/:subscription", (visit, perform) => {
    return { markup: perform((call) => cancelPage(call, open(call, visit), visit.ids["subscription"])) };
  });
  door.post(
    "/portal/:id/cancel/:subscription",
    acting("canceled", (call, { customer, configuration }, { subscription }) => {
      const { enabled, mode } = configuration.features.subscription_cancel;
      if (!enabled) throw new StripeError("Cancellation is not offered here.");
      actions.cancelFromPortal(call, ownedSubscription(call, customer, subscription).id, mode);
    }),
  );
  door.post(
    "/portal/:id/keep/:subscription",
    acting("kept", (call, { customer }, { subscription }) => {
      actions.keepFromPortal(call, ownedSubscription(call, customer, subscription).id);
    }),
  );
}

/** A form with a single button: done, and back to the overview that says so; refused, and the overview says why. */
function acting(done: string, act: (call: Call, portal: Portal, ids: Record<string, string>) => void) {
  return (visit: Visit, perform: Perform): Answer => {
    const outcome = attempt(() => perform((call) => act(call, open(call, visit), visit.ids)));
    if ("result" in outcome) return { goTo: `/portal/${visit.ids["id"]}?done=${done}` };
    const notice = { kind: "bad", text: outcome.fault.message } as const;
    return { status: 422, markup: perform((call) => overview(call, open(call, visit), notice)) };
  };
}

function saveCard(visit: Visit, perform: Perform, actions: Actions): Answer {
  const here = `/portal/${visit.ids["id"]}`;
  const outcome = attempt(() =>
    perform((call) => {
      const { customer, configuration } = open(call, visit);
      mayChangeCards(configuration);
      return actions.attachCard(call, customer.id, readCard(visit.form, call.now), visit.form["default"] === "on");
    }),
  );
  if ("result" in outcome) return after(outcome.result, here, `${here}?done=card-saved`);
  return { status: 422, markup: perform((call) => cardPage(call, open(call, visit), visit.form, outcome.fault)) };
}

function mayChangeCards({ features }: PortalConfiguration): void {
  if (!features.payment_method_update.enabled) throw new StripeError("Changing payment methods is not offered here.");
}

function open(call: Call, { ids: { id = "" } }: Visit): Portal {
  const session = call.store.get<PortalSession>("billing_portal.session", id);
  const customer = session && call.store.get<Customer>("customer", session.customer);
  const configuration =
    session && call.store.get<PortalConfiguration>("billing_portal.configuration", session.configuration);
  if (!session || !customer || customer.deleted || !configuration) throw noSuch("session", id);
  if (call.now > session.created + GOOD_FOR) throw new StripeError("This link has expired. Open the portal anew.");
  return { session, configuration, customer };
}

function overview(call: Call, portal: Portal, notice: Notice | null): string {
  const { session, configuration, customer } = portal;
  const { features, business_profile: profile } = configuration;
  const subscriptions = call.store.list<Subscription>("subscription", { customer: customer.id });
  const methods = call.store.list<PaymentMethod>("payment_method", { customer: customer.id });
  const invoices = call.store
    .list<Invoice>("invoice", { customer: customer.id })
    .filter(({ status }) => status !== "draft");
  return layout({
    title: "Billing",
    back: backOf(session),
    body: html`<div class="stack">
        <h1>Billing of ${customer.name ?? customer.email ?? "your account"}</h1>
        ${profile.headline && html`<p class="soft">${profile.headline}</p>`}
      </div>
      ${notice && note(notice.kind, notice.text)} ${planList(call, portal, subscriptions)}
      ${methodList(call, portal, methods, subscriptions)} ${features.invoice_history.enabled && invoiceTable(invoices)}`,
  });
}

function cardPage(
  call: Call,
  { session, customer, configuration }: Portal,
  fields: CardFields & { default?: string },
  fault: StripeError | null,
): string {
  mayChangeCards(configuration);
  const isFirst = call.store.list("payment_method", { customer: customer.id }).length === 0;
  const isDefault = fault ? fields.default === "on" : true;
  return layout({
    title: "Add a payment method",
    shape: "narrow",
    back: { url: `/portal/${session.id}?back`, label: "Back to billing" },
    body: html`<section class="card">
      <h1>Add a payment method</h1>
      ${fault && html`<p class="note bad" role="alert" id="fault">${fault.message}</p>`}
      <form method="post" action="/portal/${session.id}/card">
        ${cardFields(fields, fault)}
        ${
          isFirst
            ? html`<input type="hidden" name="default" value="on" />`
            : html`<label class="choice"
                ><input type="checkbox" name="default" ${isDefault && html`checked`} />Use it for coming payments</label
              >`
        }
        <button>Save card</button>
      </form>
      ${cardHints()}
    </section>`,
  });
}

function cancelPage(call: Call, { session, customer, configuration }: Portal, id: string | undefined): string {
  const subscription = ownedSubscription(call, customer, id);
  const { mode } = configuration.features.subscription_cancel;
  const ends = subscription.items[0]?.current_period_end ?? call.now;
  const consequence =
    mode === "immediately"
      ? "It ends now."
      : `You keep it until ${day(ends)}; then it ends and you are not charged again.`;
  return layout({
    title: "Cancel the subscription",
    shape: "narrow",
    back: { url: `/portal/${session.id}?back`, label: "Back to billing" },
    body: html`<section class="card">
      <h1>Cancel ${planName(call, subscription)}?</h1>
      <p>${consequence}</p>
      <form method="post" action="/portal/${session.id}/cancel/${subscription.id}">
        <div class="actions">
          <button class="danger">Cancel subscription</button>
          <a class="button plain" href="/portal/${session.id}?back">Go back</a>
        </div>
      </form>
    </section>`,
  });
}

function owned({ store }: Call, { id }: Customer, method: string): PaymentMethod {
  const found = store.get<PaymentMethod>("payment_method", method);
  if (found?.customer !== id) throw noSuch("PaymentMethod", method);
  return found;
}

function ownedSubscription({ store }: Call, { id }: Customer, subscription = ""): Subscription {
  const found = store.get<Subscription>("subscription", subscription);
  if (found?.customer !== id) throw noSuch("subscription", subscription);
  return found;
}

const backOf = ({ return_url: url }: PortalSession) => (url === null ? null : { url, label: "Back" });

const notices: Readonly<Record<string, string>> = {
  "card-saved": "The card is saved.",
  "card-removed": "The card is removed.",
  "default-set": "Coming payments use this card.",
  canceled: "The subscription is canceled.",
  kept: "The subscription goes on.",
};

function noticeOf(done: unknown): Notice | null {
  const text = typeof done === "string" ? notices[done] : undefined;
  return text === undefined ? null : { kind: "good", text };
}
