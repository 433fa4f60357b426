import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { type InvoiceView, invoiceView } from "../../invoices/invoice-view.ts";
import type { StoredInvoice } from "../../invoices/stored-invoice.ts";
import { answering } from "../../platform/graphql/answering.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { createInvoice } from "./create-invoice.ts";
import { creditInvoice } from "./credit-invoice.ts";
import { InvoiceRefused } from "./invoice-act.refusals.ts";
import {
  CollectInvoiceInput,
  CollectInvoiceResult,
  CreateCreditNoteInput,
  CreateCreditNoteResult,
  CreateInvoiceInput,
  CreateInvoiceResult,
  MarkInvoiceUncollectibleInput,
  MarkInvoiceUncollectibleResult,
  RecheckInvoiceInput,
  RecheckInvoiceResult,
  RefundInvoiceInput,
  RefundInvoiceResult,
  SendInvoiceReminderInput,
  SendInvoiceReminderResult,
  VoidInvoiceInput,
  VoidInvoiceResult,
} from "./invoice-act.type.ts";
import { collectInvoice, recheckInvoice, remindOfInvoice, voidInvoice, writeOffInvoice } from "./invoice-acts.ts";
import { refundInvoice } from "./refund-invoice.ts";

/** The invoice after an act, or why nothing was done. */
const answer = (act: () => Promise<StoredInvoice>): Promise<InvoiceView | { readonly message: string }> =>
  answering([InvoiceRefused], async () => invoiceView(await act()));

/** What staff do with invoices. */
@Resolver()
export class InvoiceActResolver {
  @Mutation(() => CreateInvoiceResult, {
    description: "Staff: makes an invoice by hand, and charges the card or sends it.",
  })
  createInvoice(@Arg("input", () => CreateInvoiceInput) input: CreateInvoiceInput, @Ctx() context: Context) {
    return answer(() => createInvoice(context, input));
  }

  @Mutation(() => VoidInvoiceResult, { description: "Staff: withdraws an unpaid invoice. Nothing is owed any more." })
  voidInvoice(@Arg("input", () => VoidInvoiceInput) input: VoidInvoiceInput, @Ctx() context: Context) {
    return answer(() => voidInvoice(context, input));
  }

  @Mutation(() => MarkInvoiceUncollectibleResult, {
    description: "Staff: writes an open invoice off. It may still be paid, or withdrawn.",
  })
  markInvoiceUncollectible(
    @Arg("input", () => MarkInvoiceUncollectibleInput) input: MarkInvoiceUncollectibleInput,
    @Ctx() context: Context,
  ) {
    return answer(() => writeOffInvoice(context, input));
  }

  @Mutation(() => CollectInvoiceResult, { description: "Staff: charges the card on file for an unpaid invoice now." })
  collectInvoice(@Arg("input", () => CollectInvoiceInput) input: CollectInvoiceInput, @Ctx() context: Context) {
    return answer(() => collectInvoice(context, input));
  }

  @Mutation(() => RecheckInvoiceResult, {
    description:
      "Staff: compares a held draft with the ledger again. It is finalized only when they agree to the cent.",
  })
  recheckInvoice(@Arg("input", () => RecheckInvoiceInput) input: RecheckInvoiceInput, @Ctx() context: Context) {
    return answer(() => recheckInvoice(context, input));
  }

  @Mutation(() => SendInvoiceReminderResult, { description: "Staff: sends an unpaid invoice to the customer again." })
  sendInvoiceReminder(
    @Arg("input", () => SendInvoiceReminderInput) input: SendInvoiceReminderInput,
    @Ctx() context: Context,
  ) {
    return answer(() => remindOfInvoice(context, input));
  }

  @Mutation(() => CreateCreditNoteResult, {
    description:
      "Staff: takes money off an invoice. What is unpaid is owed less; of what was paid, it goes back to the card or becomes credit.",
  })
  createCreditNote(@Arg("input", () => CreateCreditNoteInput) input: CreateCreditNoteInput, @Ctx() context: Context) {
    return answer(() => creditInvoice(context, input));
  }

  @Mutation(() => RefundInvoiceResult, {
    description:
      "Staff: sends money back to the card without a credit note, up to what was paid and has not gone back.",
  })
  refundInvoice(@Arg("input", () => RefundInvoiceInput) input: RefundInvoiceInput, @Ctx() context: Context) {
    return answer(() => refundInvoice(context, input));
  }
}
