import type { Call } from "../http/call.ts";
import { invoiceOfToken } from "../http/links.ts";
import { noSuch, type StripeError } from "../http/stripe-error.ts";
import type { Customer } from "../objects/customer.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Actions } from "./actions.ts";
import { cardFields, cardHints, readCard, type CardFields } from "./card-form.ts";
import { after, attempt, type Door } from "./door.ts";
import { cardName, day, money } from "./format.ts";
import { html, type Html } from "./html.ts";
import { layout, note } from "./layout.ts";
import { invoicePdf } from "./invoice-pdf.ts";

type Fields = CardFields & { payer?: string };
type Shown = { readonly fields?: Fields; readonly fault?: StripeError | null };

/** The page of one invoice: what it is for, how it stands, and the way to pay it. */
export function addInvoicePage(door: Door, actions: Actions): void {
  door.get("/invoice/:token", ({ ids, query }, perform) => {
    const failed = query["authentication"] === "failed";
    return { markup: perform((call) => page(call, find(call, ids["token"]), {}, failed)) };
  });
  door.get("/invoice/:token/pdf", ({ ids }, perform) => {
    const { pdf, name } = perform((call) => {
      const invoice = find(call, ids["token"]);
      return { pdf: invoicePdf(invoice, customerOf(call, invoice)), name: invoice.number ?? invoice.id };
    });
    return { pdf, name };
  });
  door.post("/invoice/:token", ({ ids, form }, perform) => {
    const here = `/invoice/${ids["token"]}`;
    const id = perform((call) => find(call, ids["token"]).id);
    const done = attempt(() =>
      perform((call) => {
        const payer =
          form["payer"] && form["payer"] !== "new"
            ? { paymentMethod: form["payer"] }
            : { entered: readCard(form, call.now) };
        return actions.payInvoiceOnPage(call, id, payer);
      }),
    );
    if ("result" in done) return after(done.result, here, here);
    const shown = { fields: form, fault: done.fault };
    return { status: 422, markup: perform((call) => page(call, find(call, ids["token"]), shown)) };
  });
}

function find({ store }: Call, token = ""): Invoice {
  const id = invoiceOfToken(token);
  const invoice = store.get<Invoice>("invoice", id);
  if (!invoice || invoice.status === "draft" || invoice["deleted"]) throw noSuch("invoice", id);
  return invoice;
}

const customerOf = ({ store }: Call, { customer }: Invoice): Customer | null =>
  store.get<Customer>("customer", customer);

function page(
  call: Call,
  invoice: Invoice,
  { fields = {}, fault = null }: Shown,
  authenticationFailed = false,
): string {
  const { amount_remaining: due, currency, number } = invoice;
  const isPayable = (invoice.status === "open" || invoice.status === "uncollectible") && due > 0;
  const waiting = isPayable ? waitingPayment(call, invoice) : null;
  return layout({
    title: `Invoice ${number ?? ""}`,
    shape: isPayable ? "two" : "narrow",
    body: html`<div class="rows">${summary(call, invoice)} ${lines(invoice)}</div>
      ${
        isPayable &&
        html`<section class="card" aria-labelledby="pay">
          <h2 id="pay">Pay this invoice</h2>
          ${note("bad", authenticationFailed ? "Your bank could not confirm the payment. Choose another card or try again." : null)}
          ${fault && html`<p class="note bad" role="alert" id="fault">${fault.message}</p>`}
          ${waiting && html`<p class="note warn" role="status">Your bank wants you to confirm this payment. <a href="/authenticate/${waiting}?from=${encodeURIComponent(`/invoice/${tokenIn(invoice)}`)}">Confirm the payment</a></p>`}
          <form method="post" action="/invoice/${tokenIn(invoice)}">
            ${choices(call, invoice, fields, fault)}
            <button class="wide">Pay ${money(due, currency)}</button>
          </form>
          ${cardHints()}
        </section>`
      }`,
  });
}

function summary(call: Call, invoice: Invoice): Html {
  const { amount_remaining: due, currency, number, due_date, status_transitions: at, total } = invoice;
  const customer = customerOf(call, invoice);
  const amount = invoice.status === "open" || invoice.status === "uncollectible" ? due : total;
  return html`<section class="card">
    <div class="row">
      <h1>Invoice ${number}</h1>
      ${badge(invoice)}
    </div>
    <p class="big">${money(amount, currency)}</p>
    ${note("good", invoice.status === "paid" && at.paid_at !== null ? `Paid on ${day(at.paid_at)}. Thank you.` : null)}
    ${note("warn", invoice.status === "void" ? "This invoice was voided. There is nothing to pay." : null)}
    <div class="rows small facts">
      <div class="row">
        <span class="soft">To</span><span>${customer?.name ?? customer?.email ?? invoice.customer}</span>
      </div>
      <div class="row"><span class="soft">Date</span><span>${day(at.finalized_at ?? invoice.created)}</span></div>
      ${due_date !== null && html`<div class="row"><span class="soft">Due</span><span>${day(due_date)}</span></div>`}
    </div>
    <p class="small no-print"><a href="/invoice/${tokenIn(invoice)}/pdf">Download the PDF</a></p>
  </section>`;
}

function lines({
  lines: all,
  currency,
  subtotal,
  total,
  starting_balance: before,
  ending_balance: left,
  amount_paid: paid,
  ...invoice
}: Invoice): Html {
  const fromBalance = before - (left ?? before);
  const credited = invoice.pre_payment_credit_notes_amount;
  const sum = (label: string, minor: number) =>
    html`<div class="row"><span>${label}</span><span>${money(minor, currency)}</span></div>`;
  return html`<section class="card">
    <h2>What it is for</h2>
    <div class="rows">
      ${all.map(
        ({ amount, description, period }) =>
          html`<div class="row">
            <span
              >${description}<br /><span class="soft small"
                >${period.start === period.end ? day(period.start) : `${day(period.start)} – ${day(period.end)}`}</span
              ></span
            ><span>${money(amount, currency)}</span>
          </div>`,
      )}
    </div>
    <div class="rows total">
      ${subtotal !== total && sum("Subtotal", subtotal)} ${sum("Total", total)}
      ${fromBalance !== 0 && sum("Applied balance", fromBalance)} ${credited !== 0 && sum("Credit notes", -credited)}
      ${paid !== 0 && sum("Paid", -paid)} ${sum("Amount due", invoice.amount_remaining)}
    </div>
  </section>`;
}

function choices(call: Call, { customer }: Invoice, fields: Fields, fault: StripeError | null): Html {
  const saved = call.store.list<PaymentMethod>("payment_method", { customer });
  if (saved.length === 0) return cardFields(fields, fault);
  const standard = customerOf(call, { customer } as Invoice)?.invoice_settings?.default_payment_method;
  const chosen = fields.payer ?? standard ?? saved[0]?.id;
  return html`<fieldset>
      <legend>Pay with</legend>
      ${saved.map(
        ({ id, card }) =>
          html`<label class="choice"
            ><input type="radio" name="payer" value="${id}" ${chosen === id && html`checked`} />${cardName(card)}</label
          >`,
      )}
      <label class="choice"
        ><input type="radio" name="payer" value="new" ${chosen === "new" && html`checked`} />Another card</label
      >
    </fieldset>
    <div class="other">${cardFields(fields, fault, true)}</div>`;
}

/** The payment that waits for the bank's customer, if one does. */
function waitingPayment({ store }: Call, { local }: Invoice): string | null {
  const intent = local.paymentIntent === null ? null : store.get<PaymentIntent>("payment_intent", local.paymentIntent);
  return intent?.status === "requires_action" ? intent.id : null;
}

const tokenIn = ({ hosted_invoice_url: url }: Invoice): string => (url ?? "").split("/").at(-1) ?? "";

const looks = { draft: "", open: "warn", paid: "good", uncollectible: "bad", void: "" } as const;
const words = { draft: "Draft", open: "Open", paid: "Paid", uncollectible: "Uncollectible", void: "Void" } as const;

export const badge = ({ status }: Pick<Invoice, "status">): Html =>
  html`<span class="badge ${looks[status]}">${words[status]}</span>`;
