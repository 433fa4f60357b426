import { StripeError } from "../http/stripe-error.ts";
import { cardByNumber, type EnteredCard } from "../objects/card.ts";
import { html, type Html } from "./html.ts";

/** The fields as they were sent, to be shown again. */
export type CardFields = { number?: string; expiry?: string; cvc?: string; name?: string };

const hints: readonly (readonly [number: string, what: string])[] = [
  ["4242 4242 4242 4242", "pays"],
  ["5555 5555 5555 4444", "pays (Mastercard)"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0000 0000 9995", "has insufficient funds"],
  ["4000 0000 0000 0341", "can be saved, and is then declined"],
  ["4000 0025 0000 3155", "asks for approval once, when it is saved"],
  ["4000 0027 6000 3184", "asks for approval each time"],
  ["4000 0000 0000 5126", "pays, and a refund to it fails later"],
  ["4000 0000 0000 0259", "pays, and the payment is disputed"],
];

/**
 * The fields of a card.
 *
 * @param fault what is wrong with which field
 * @param isOptional whether something else may be sent instead
 */
export function cardFields(sent: CardFields, fault: StripeError | null, isOptional = false): Html {
  const need = isOptional ? null : html`required`;
  const about = (param: string) => (fault?.param === param ? html`aria-invalid="true" aria-describedby="fault"` : null);
  return html`<label
      >Card number
      <input
        name="number"
        inputmode="numeric"
        autocomplete="cc-number"
        placeholder="4242 4242 4242 4242"
        ${need}
        value="${sent.number ?? ""}"
        ${about("number")}
    /></label>
    <div class="pair">
      <label
        >Expiry
        <input
          name="expiry"
          inputmode="numeric"
          autocomplete="cc-exp"
          placeholder="MM / YY"
          ${need}
          value="${sent.expiry ?? ""}"
          ${about("expiry")}
      /></label>
      <label
        >CVC
        <input
          name="cvc"
          inputmode="numeric"
          autocomplete="cc-csc"
          placeholder="123"
          ${need}
          maxlength="4"
          ${about("cvc")}
      /></label>
    </div>
    <label>Name on card <input name="name" autocomplete="cc-name" value="${sent.name ?? ""}" /></label>`;
}

/** Which numbers to type, and what each stands for. */
export const cardHints = (): Html =>
  html`<details>
    <summary>Test cards: any date to come and any CVC</summary>
    <dl>
      ${hints.map(
        ([number, what]) =>
          html`<dt>${number}</dt>
            <dd>${what}</dd>`,
      )}
    </dl>
  </details>`;

/**
 * Reads the fields.
 *
 * @param now unix seconds of the sandbox, by which a card is past its date
 * @throws StripeError a card error whose `param` names the field
 */
export function readCard(sent: CardFields, now: number): EnteredCard {
  const card = cardByNumber(sent.number ?? "");
  if (!card)
    throw fault("number", "incorrect_number", "Your card number is incorrect. Only test cards are taken here.");
  const { month, year } = readExpiry(sent.expiry ?? "");
  if (Date.UTC(year, month) <= now * 1000)
    throw fault("expiry", "invalid_expiry_year", "Your card's expiry date is in the past.");
  const cvc = (sent.cvc ?? "").trim();
  if (!/^\d{3,4}$/.test(cvc)) throw fault("cvc", "invalid_cvc", "Your card's security code is incomplete.");
  return { card, expMonth: month, expYear: year, cvc, name: sent.name?.trim() || null };
}

function readExpiry(text: string): { month: number; year: number } {
  const [, first = "", second = ""] = /^\s*(\d{1,2})\s*[/\-. ]?\s*(\d{4}|\d{2})\s*$/.exec(text) ?? [];
  const month = Number(first);
  if (second === "" || month < 1 || month > 12) {
    throw fault("expiry", "invalid_expiry_month", "Your card's expiry date is incomplete. Write it as MM / YY.");
  }
  return { month, year: second.length === 2 ? 2000 + Number(second) : Number(second) };
}

const fault = (param: string, code: string, message: string) =>
  new StripeError(message, { type: "card_error", code, param });
