import { Refusal } from "../../kernel/refusal.ts";

/** Nothing was done with the invoice, for the reason in the message. */
export class InvoiceRefused extends Refusal {}
