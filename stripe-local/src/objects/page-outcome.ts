import type { EnteredCard } from "./card.ts";

/** A page's action is over, or the bank wants the person to approve the intent (pi_... or seti_...) first. */
export type PageOutcome = { readonly kind: "done" } | { readonly kind: "authenticate"; readonly intentId: string };

/** A card typed in on a page, or the id of a payment method that the customer has saved. */
export type Payer = { readonly entered: EnteredCard } | { readonly paymentMethod: string };
