/** A card as Stripe tells of it; nothing else of it is known here. */
export type PaymentCard = {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number | null;
  readonly expYear: number | null;
};

const BRANDS: Readonly<Record<string, string>> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

const brandName = (brand: string): string => BRANDS[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1);

/** "Visa ending in 4242". */
export const cardWords = ({ brand, last4 }: PaymentCard): string => `${brandName(brand)} ending in ${last4}`;

/** "04/2028", or null where it is not known. */
export const expiryWords = ({ expMonth, expYear }: PaymentCard): string | null =>
  expMonth === null || expYear === null ? null : `${String(expMonth).padStart(2, "0")}/${expYear}`;

const WARNED_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whether a card works: it holds to the end of its month. `soon`: for 30 days at most. */
export function cardState({ expMonth, expYear }: PaymentCard, now: number): "good" | "soon" | "expired" {
  if (expMonth === null || expYear === null) return "good";
  const end = Date.UTC(expYear, expMonth, 1);
  if (now >= end) return "expired";
  return end - now <= WARNED_DAYS * DAY_MS ? "soon" : "good";
}
