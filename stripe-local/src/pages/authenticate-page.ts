import type { Call } from "../http/call.ts";
import { noSuch } from "../http/stripe-error.ts";
import type { StripeObject } from "../store/store.ts";
import type { Actions } from "./actions.ts";
import { attempt, type Answer, type Door } from "./door.ts";
import { money } from "./format.ts";
import { html } from "./html.ts";
import { layout, MERCHANT, messagePage } from "./layout.ts";

/** Where the bank may send people back to: pages of this stand-in. */
const OURS = /^\/(checkout|portal|invoice)\/[\w-]+$/;

/** The bank's page: a person approves a payment, or a card to be saved, or fails to. */
export function addAuthenticatePage(door: Door, actions: Actions): void {
  door.get("/authenticate/:intent", ({ ids, query }, perform) => {
    const from = ours(query["from"]);
    const intent = perform((call) => find(call, ids["intent"]));
    if (intent["status"] !== "requires_action") return { goTo: from };
    return { markup: page(intent, from) };
  });
  door.post("/authenticate/:intent", ({ ids, form }, perform): Answer => {
    const from = ours(form["from"]);
    const approve = form["answer"] === "approve";
    const done = attempt(() =>
      perform((call) => actions.confirmAuthentication(call, find(call, ids["intent"]).id, approve)),
    );
    return { goTo: "fault" in done || !approve ? `${from}?authentication=failed` : from };
  });
}

function page(intent: StripeObject, from: string): string {
  const { amount, currency } = intent;
  const isPayment = typeof amount === "number" && typeof currency === "string";
  const title = isPayment ? `Confirm ${money(amount, currency)}` : "Confirm your card";
  const asks = isPayment
    ? `${MERCHANT} asks for this payment.`
    : `${MERCHANT} wants to save your card for later payments.`;
  if (from === "") return messagePage("There is nothing here", "The link is not complete.");
  return layout({
    title,
    shape: "narrow",
    body: html`<section class="card">
      <p class="soft small">Your bank (3-D Secure test page)</p>
      <h1>${title}</h1>
      <p class="soft">${asks} Approve it as the owner of the card would, or let it fail.</p>
      <form method="post" action="/authenticate/${intent.id}">
        <input type="hidden" name="from" value="${from}" />
        <div class="actions">
          <button name="answer" value="approve">Approve</button>
          <button class="danger" name="answer" value="fail">Fail</button>
        </div>
      </form>
    </section>`,
  });
}

function find({ store }: Call, id = ""): StripeObject {
  const intent = store.get("payment_intent", id) ?? store.get("setup_intent", id);
  if (!intent) throw noSuch("payment_intent", id);
  return intent;
}

const ours = (from: unknown): string => (typeof from === "string" && OURS.test(from) ? from : "");
