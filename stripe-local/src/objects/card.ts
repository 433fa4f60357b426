import { createHash } from "node:crypto";

/** Why a bank says no, as Stripe reports it. `code` is the error's code, `declineCode` the bank's reason. */
export type Decline = { readonly code: string; readonly declineCode: string; readonly message: string };

/** One of Stripe's test cards and what it stands for. */
export type TestCard = {
  readonly number: string;
  /** Stands for the card in requests without a number: `pm_card_visa`, and `tok_visa` likewise. */
  readonly alias: string;
  readonly brand: "visa" | "mastercard" | "amex";
  readonly funding: "credit" | "debit";
  readonly country: string;
  /** Refuses to be saved, and each charge; null for a card in order. */
  readonly declined: Decline | null;
  /** Can be saved, and is then declined at each charge. */
  readonly declinedOnceSaved: Decline | null;
  /** "unless_set_up": not again once it was authenticated while it was saved. */
  readonly authentication: "none" | "unless_set_up" | "always";
  /** How a refund to it ends, some time after it was made. */
  readonly refund: "succeeds" | "fails_later" | "succeeds_later";
  readonly disputed: boolean;
};

/** A card as a person enters it on a page or a request names it. */
export type EnteredCard = {
  readonly card: TestCard;
  /** 1 to 12. */
  readonly expMonth: number;
  /** Four digits. */
  readonly expYear: number;
  readonly cvc: string | null;
  /** The name on the card. */
  readonly name: string | null;
};

const decline = (declineCode: string, message: string, code = "card_declined"): Decline => ({
  code,
  declineCode,
  message,
});

const genericDecline = decline("generic_decline", "Your card was declined.");
const insufficientFunds = decline("insufficient_funds", "Your card has insufficient funds.");

const card = (number: string, name: string, traits: Partial<TestCard> = {}): TestCard => ({
  number,
  alias: `pm_card_${name}`,
  brand: "visa",
  funding: "credit",
  country: "US",
  declined: null,
  declinedOnceSaved: null,
  authentication: "none",
  refund: "succeeds",
  disputed: false,
  ...traits,
});

const cards: readonly TestCard[] = [
  card("4242424242424242", "visa"),
  card("4000056655665556", "visa_debit", { funding: "debit" }),
  card("5555555555554444", "mastercard", { brand: "mastercard" }),
  card("378282246310005", "amex", { brand: "amex" }),
  card("4000000000000002", "chargeDeclined", { declined: genericDecline }),
  card("4000000000009995", "chargeDeclinedInsufficientFunds", { declined: insufficientFunds }),
  card("4000000000000069", "chargeDeclinedExpiredCard", {
    declined: decline("expired_card", "Your card has expired.", "expired_card"),
  }),
  card("4000000000000127", "chargeDeclinedIncorrectCvc", {
    declined: decline("incorrect_cvc", "Your card's security code is incorrect.", "incorrect_cvc"),
  }),
  card("4000000000000119", "chargeDeclinedProcessingError", {
    declined: decline(
      "processing_error",
      "An error occurred while processing your card. Try again in a little bit.",
      "processing_error",
    ),
  }),
  card("4000000000000341", "chargeCustomerFail", { declinedOnceSaved: genericDecline }),
  card("4000002500003155", "authenticationRequiredOnSetup", { authentication: "unless_set_up" }),
  card("4000002760003184", "authenticationRequired", { authentication: "always" }),
  card("4000000000005126", "refundFail", { refund: "fails_later" }),
  card("4000000000007726", "pendingRefund", { refund: "succeeds_later" }),
  card("4000000000000259", "createDispute", { disputed: true }),
];

const fingerprintOf = ({ number }: TestCard): string =>
  createHash("sha256").update(`card ${number}`).digest("base64url").replace(/[-_]/g, "x").slice(0, 16);

const byNumber = new Map(cards.map((each) => [each.number, each]));
const byAlias = new Map(cards.map((each) => [each.alias, each]));
const byFingerprint = new Map(cards.map((each) => [fingerprintOf(each), each]));

/** @param number with or without spaces */
export const cardByNumber = (number: string): TestCard | null => byNumber.get(number.replace(/\D/g, "")) ?? null;

/** @param alias `pm_card_visa` or `tok_visa` */
export const cardByAlias = (alias: string): TestCard | null => byAlias.get(alias.replace(/^tok_/, "pm_card_")) ?? null;

/** The same for the same number, as at Stripe; a stored payment method keeps it in place of the number. */
export const fingerprint = fingerprintOf;

/**
 * The test card that a stored payment method was made from.
 *
 * @throws RangeError when it is not one of ours
 */
export function cardBehind(paymentMethodFingerprint: string | null): TestCard {
  const found = byFingerprint.get(paymentMethodFingerprint ?? "");
  if (!found) throw new RangeError(`No test card has the fingerprint ${paymentMethodFingerprint}.`);
  return found;
}

export const last4 = ({ number }: TestCard): string => number.slice(-4);
