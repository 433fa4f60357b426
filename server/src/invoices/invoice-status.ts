import type { InvoiceStatus } from "./invoice.entity.ts";

/** How far an invoice has come. What was paid or voided stays so; a written-off one may still be paid. */
const stage: Readonly<Record<InvoiceStatus, number>> = { DRAFT: 0, OPEN: 1, UNCOLLECTIBLE: 2, PAID: 3, VOID: 3 };

/** True when news of `to` may follow `from`; otherwise it is older than what is known. */
export const mayFollow = (from: InvoiceStatus, to: InvoiceStatus): boolean => from === to || stage[to] > stage[from];
