import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { InvoiceType } from "../../invoices/invoice.type.ts";
import { byName } from "../../platform/graphql/answering.ts";
import { RefusalType } from "../../platform/graphql/money.type.ts";
import { DecimalScalar } from "../../platform/graphql/scalars.ts";

const REASON = "Why, for the audit log: 1 to 500 characters.";

export const CreditReasonEnum = {
  DUPLICATE: "DUPLICATE",
  FRAUDULENT: "FRAUDULENT",
  ORDER_CHANGE: "ORDER_CHANGE",
  PRODUCT_UNSATISFACTORY: "PRODUCT_UNSATISFACTORY",
} as const;
export type CreditReason = keyof typeof CreditReasonEnum;
registerEnumType(CreditReasonEnum, {
  name: "CreditReason",
  description: "Why an invoice is credited, as its credit note says.",
});

@InputType("InvoiceLineInput", {
  description: "A line of an invoice by hand. quantity x unitAmount must be whole cents.",
})
export class InvoiceLineInput {
  @Field(() => String, { description: "1 to 300 characters." }) readonly description!: string;
  @Field(() => DecimalScalar, { description: "More than 0." }) readonly quantity!: string;
  @Field(() => DecimalScalar, { description: "In the major unit; below 0 for something given back." })
  readonly unitAmount!: string;
}

@InputType("CreateInvoiceInput", { description: "An invoice by hand." })
export class CreateInvoiceInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => [InvoiceLineInput], { description: "1 to 50; together more than nothing." })
  readonly lines!: InvoiceLineInput[];
  @Field(() => Int, {
    nullable: true,
    description: "1 to 365: it is sent, to be paid by then. null: the card is charged.",
  })
  readonly daysUntilDue?: number | null;
  @Field(() => String, { nullable: true, description: "Shown on the invoice; up to 500 characters." })
  readonly memo?: string | null;
  @Field(() => String, { description: REASON }) readonly reason!: string;
}

@InputType()
abstract class OneInvoice {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { description: REASON }) readonly reason!: string;
}

@InputType("VoidInvoiceInput", { description: "The invoice that is withdrawn." })
export class VoidInvoiceInput extends OneInvoice {}

@InputType("MarkInvoiceUncollectibleInput", { description: "The invoice that is written off." })
export class MarkInvoiceUncollectibleInput extends OneInvoice {}

@InputType("CollectInvoiceInput", { description: "The invoice that is charged again." })
export class CollectInvoiceInput extends OneInvoice {}

@InputType("RecheckInvoiceInput", { description: "The held invoice that is compared again." })
export class RecheckInvoiceInput extends OneInvoice {}

@InputType("SendInvoiceReminderInput", { description: "The invoice that is sent again." })
export class SendInvoiceReminderInput extends OneInvoice {}

@InputType("CreditLineInput", { description: "How much of a line is credited." })
export class CreditLineInput {
  @Field(() => ID) readonly lineId!: string;
  @Field(() => DecimalScalar, { description: "Whole cents, more than 0." }) readonly amount!: string;
}

@InputType("CreateCreditNoteInput", {
  description: "What is taken off an invoice: lines, an amount, or, with neither, all that is left of it.",
})
export class CreateCreditNoteInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => ID) readonly invoiceId!: string;
  @Field(() => [CreditLineInput], { nullable: true }) readonly lines?: CreditLineInput[] | null;
  @Field(() => DecimalScalar, { nullable: true, description: "Whole cents, more than 0." })
  readonly amount?: string | null;
  @Field(() => Boolean, {
    description: "Of what was paid: true sends it back to the card, false keeps it as credit for the next invoice.",
  })
  readonly refund!: boolean;
  @Field(() => CreditReasonEnum) readonly reason!: CreditReason;
  @Field(() => String, { nullable: true, description: "Shown on the credit note; up to 500 characters." })
  readonly memo?: string | null;
}

@InputType("RefundInvoiceInput", { description: "Money that goes back without a credit note." })
export class RefundInvoiceInput {
  @Field(() => ID) readonly organizationId!: string;
  @Field(() => ID) readonly invoiceId!: string;
  @Field(() => DecimalScalar, { description: "Whole cents, more than 0." }) readonly amount!: string;
  @Field(() => String, { description: REASON }) readonly reason!: string;
}

@ObjectType("InvoiceRefused", { implements: RefusalType, description: "Nothing was done with the invoice, and why." })
class InvoiceRefusedType extends RefusalType {}

const resultOf = (name: string, description: string) =>
  createUnionType({
    name,
    description,
    types: () => [InvoiceType, InvoiceRefusedType] as const,
    resolveType: byName("Invoice"),
  });

export const CreateInvoiceResult = resultOf("CreateInvoiceResult", "The invoice, or why there is none.");
export const VoidInvoiceResult = resultOf("VoidInvoiceResult", "The void invoice, or why it is not.");
export const MarkInvoiceUncollectibleResult = resultOf(
  "MarkInvoiceUncollectibleResult",
  "The invoice that is written off, or why it is not.",
);
export const CollectInvoiceResult = resultOf("CollectInvoiceResult", "The paid invoice, or why it is not.");
export const RecheckInvoiceResult = resultOf(
  "RecheckInvoiceResult",
  "The invoice that is held no longer, or why it still is.",
);
export const SendInvoiceReminderResult = resultOf(
  "SendInvoiceReminderResult",
  "The invoice that was sent, or why it was not.",
);
export const CreateCreditNoteResult = resultOf(
  "CreateCreditNoteResult",
  "The invoice with its credit note, or why it has none.",
);
export const RefundInvoiceResult = resultOf(
  "RefundInvoiceResult",
  "The invoice with its refund, or why there is none.",
);
