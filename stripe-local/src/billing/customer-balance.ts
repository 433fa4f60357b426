import type { Call } from "../http/call.ts";
import type { Customer } from "../objects/customer.ts";
import type { StripeObject } from "../store/store.ts";
import { emitUpdate } from "./present.ts";

export type BalanceTransactionType =
  | "adjustment"
  | "applied_to_invoice"
  | "credit_note"
  | "invoice_too_small"
  | "unapplied_from_invoice";

export type BalanceTransaction = StripeObject & {
  object: "customer_balance_transaction";
  amount: number;
  ending_balance: number;
};

type Entry = {
  readonly amount: number;
  readonly currency: string;
  readonly type: BalanceTransactionType;
  readonly invoice?: string;
  readonly credit_note?: string;
  readonly description?: string | null;
  readonly metadata?: Record<string, string>;
};

/** Stores a customer and tells what changed. */
export function changeCustomer(call: Call, before: Customer, changes: Partial<Customer>): Customer {
  const after = { ...before, ...changes };
  call.store.put(after);
  emitUpdate(call, "customer.updated", before, after);
  return after;
}

/**
 * Enters `amount` minor units into the customer's balance; below zero is in the customer's favour.
 *
 * @returns the entry and the customer with the new balance
 */
export function enterBalance(call: Call, customer: Customer, entry: Entry): BalanceTransaction {
  const { amount, currency, type, invoice, credit_note, description, metadata } = entry;
  const transaction: BalanceTransaction = {
    id: call.newId("cbtxn"),
    object: "customer_balance_transaction",
    amount,
    checkout_session: null,
    created: call.now,
    credit_note: credit_note ?? null,
    currency,
    customer: customer.id,
    customer_account: null,
    description: description ?? null,
    ending_balance: customer.balance + amount,
    invoice: invoice ?? null,
    livemode: false,
    metadata: metadata ?? {},
    type,
  };
  call.store.put(transaction);
  changeCustomer(call, customer, { balance: transaction.ending_balance, currency: customer.currency ?? currency });
  return transaction;
}
