import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { ComplexityEnum } from "../catalog/plan.type.ts";
import { connectionType } from "../platform/graphql/connection.ts";
import { MoneyType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";
import type { InvoiceDifference } from "./invoice.entity.ts";
import type { StoredInvoice } from "./stored-invoice.ts";

const InvoiceLineKindEnum = {
  FEE: "FEE",
  USAGE: "USAGE",
  CREDIT: "CREDIT",
  PRORATION: "PRORATION",
  MANUAL: "MANUAL",
  OTHER: "OTHER",
} as const;
registerEnumType(InvoiceLineKindEnum, {
  name: "InvoiceLineKind",
  description: "What an invoice line is for.",
  valuesConfig: {
    FEE: { description: "The plan's recurring fee, in advance." },
    USAGE: { description: "Usage past the allowance, in arrears." },
    CREDIT: { description: "Usage given back." },
    PRORATION: { description: "A change of plan within a period: time not used, and time left." },
    MANUAL: { description: "Written by QLP's staff." },
    OTHER: { description: "Made by the payment provider." },
  },
});

export const InvoiceStatusEnum = {
  DRAFT: "DRAFT",
  OPEN: "OPEN",
  PAID: "PAID",
  VOID: "VOID",
  UNCOLLECTIBLE: "UNCOLLECTIBLE",
} as const;
registerEnumType(InvoiceStatusEnum, {
  name: "InvoiceStatus",
  description: "How far an invoice has come.",
  valuesConfig: {
    DRAFT: { description: "Not issued: it may still change." },
    OPEN: { description: "Issued and not paid." },
    PAID: { description: "Paid; it stays so." },
    VOID: { description: "Withdrawn: nothing is owed." },
    UNCOLLECTIBLE: { description: "Written off." },
  },
});

export const InvoiceCollectionEnum = { CARD: "CARD", INVOICE: "INVOICE" } as const;
registerEnumType(InvoiceCollectionEnum, {
  name: "InvoiceCollection",
  description: "How an invoice is paid.",
  valuesConfig: {
    CARD: { description: "Charged when due." },
    INVOICE: { description: "Sent, and paid within 30 days." },
  },
});

@ObjectType("InvoiceLinePart", {
  description: "Usage of a line that was priced alike: quantity x unitPrice x multiplier = amount.",
})
export class InvoiceLinePartType {
  @Field(() => ComplexityEnum, { nullable: true }) readonly complexity!: string | null;
  @Field(() => Boolean, { description: "Of a premium model class." }) readonly premium!: boolean;
  @Field(() => DecimalScalar, { description: "Billed units." }) readonly quantity!: string;
  @Field(() => MoneyType, { nullable: true, description: "Before the multiplier; null where tiers priced it." })
  readonly unitPrice!: MoneyType | null;
  @Field(() => DecimalScalar, { description: "Factor of the model class." }) readonly multiplier!: string;
  @Field(() => MoneyType, { description: "Exact." }) readonly amount!: MoneyType;
  @Field(() => Int, { nullable: true, description: "Billed events; null for storage." }) readonly events!:
    | number
    | null;
}

@ObjectType("InvoiceLineExplanation", {
  description: "How a usage line came about. Its parts add up to the line's exact amount.",
})
export class InvoiceLineExplanationType {
  @Field(() => String, { description: "The word for one unit." }) readonly unit!: string;
  @Field(() => DecimalScalar, { description: "All use of the period: included, billed and over a limit." })
  readonly used!: string;
  @Field(() => DecimalScalar, { nullable: true, description: "As the period ended; null: unlimited." })
  readonly allowance!: string | null;
  @Field(() => DecimalScalar) readonly included!: string;
  @Field(() => DecimalScalar) readonly billable!: string;
  @Field(() => DecimalScalar, { description: "Recorded past a hard limit, not billed." }) readonly overLimit!: string;
  @Field(() => MoneyType, { description: "Exact." }) readonly amount!: MoneyType;
  @Field(() => Int, { nullable: true, description: "Billed events; null for storage, an average of levels." })
  readonly events!: number | null;
  @Field(() => [InvoiceLinePartType]) readonly parts!: InvoiceLinePartType[];
}

@ObjectType("InvoiceLine", { description: "One line of an invoice. A usage line opens to the events it is made of." })
export class InvoiceLineType {
  @Field(() => ID) readonly id!: string;
  @Field(() => InvoiceLineKindEnum) readonly kind!: string;
  @Field(() => String, { nullable: true }) readonly meter!: string | null;
  @Field(() => String) readonly description!: string;
  @Field(() => DecimalScalar) readonly quantity!: string;
  @Field(() => MoneyType, { description: "Rounded once, half up, to the cent." }) readonly amount!: MoneyType;
  @Field(() => MoneyType, { description: "The exact sum of its events." }) readonly exactAmount!: MoneyType;
  @Field(() => MoneyType, { description: "amount less exactAmount." }) readonly roundingDifference!: MoneyType;
  @Field(() => Boolean, { description: "True while it may still change by itself, as storage does." })
  readonly estimated!: boolean;
  @Field(() => DateTimeScalar, { description: "Of the time that it pays for." }) readonly periodStart!: Date;
  @Field(() => DateTimeScalar, { description: "Not part of it." }) readonly periodEnd!: Date;
}

@ObjectType("InvoicePreview", { description: "The next invoice as it stands now." })
export class InvoicePreviewType {
  @Field(() => [InvoiceLineType]) readonly lines!: InvoiceLineType[];
  @Field(() => MoneyType, { description: "The sum of the rounded lines." }) readonly total!: MoneyType;
  @Field(() => DateTimeScalar, { description: "Of the usage that is billed." }) readonly periodStart!: Date;
  @Field(() => DateTimeScalar) readonly periodEnd!: Date;
  @Field(() => DateTimeScalar, { description: "When it will be charged." }) readonly dueAt!: Date;
}

@ObjectType("InvoicePayment", { description: "What was paid on an invoice, or tried." })
export class InvoicePaymentType {
  @Field(() => ID) readonly id!: string;
  @Field(() => MoneyType) readonly amount!: MoneyType;
  @Field(() => String, { description: "open, paid or canceled." }) readonly status!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly paidAt!: Date | null;
}

@ObjectType("CreditNote", { description: "Money taken off an invoice." })
export class CreditNoteType {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly number!: string;
  @Field(() => String, { description: "issued or void." }) readonly status!: string;
  @Field(() => MoneyType) readonly amount!: MoneyType;
  @Field(() => MoneyType, { description: "The part that goes back to where it came from." })
  readonly refund!: MoneyType;
  @Field(() => MoneyType, { description: "The part that waits for the next invoice." }) readonly toBalance!: MoneyType;
  @Field(() => MoneyType, { description: "The part that was settled elsewhere." }) readonly outOfBand!: MoneyType;
  @Field(() => String, { nullable: true }) readonly reason!: string | null;
  @Field(() => String, { nullable: true }) readonly memo!: string | null;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
}

@ObjectType("Refund", { description: "Money on its way back." })
export class RefundType {
  @Field(() => ID) readonly id!: string;
  @Field(() => MoneyType) readonly amount!: MoneyType;
  @Field(() => String, { description: "pending, requires_action, succeeded, failed or canceled." })
  readonly status!: string;
  @Field(() => String, { nullable: true }) readonly failureReason!: string | null;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
}

@ObjectType("InvoiceDifference", {
  description: "What the ledger and the payment provider's draft do not agree on, in whole minor units.",
})
export class InvoiceDifferenceType implements InvoiceDifference {
  @Field(() => String) readonly line!: string;
  @Field(() => String, { nullable: true, description: "null: the ledger has no such line." }) readonly ours!:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "null: the draft has no such line." }) readonly stripes!:
    | string
    | null;
}

@ObjectType("Invoice", { description: "A bill: numbered and collected by the payment provider, explained by us." })
export class InvoiceType implements Pick<
  StoredInvoice,
  "id" | "number" | "status" | "reason" | "collection" | "hostedUrl" | "disputed"
> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { nullable: true, description: "null until it is issued." }) readonly number!: string | null;
  @Field(() => InvoiceStatusEnum) readonly status!: StoredInvoice["status"];
  @Field(() => String, {
    description: "subscription_create, subscription_cycle, subscription_update, manual and others.",
  })
  readonly reason!: string;
  @Field(() => InvoiceCollectionEnum) readonly collection!: StoredInvoice["collection"];
  @Field(() => DateTimeScalar) readonly periodStart!: Date;
  @Field(() => DateTimeScalar, { description: "Not part of it." }) readonly periodEnd!: Date;
  @Field(() => MoneyType, { description: "The sum of its lines." }) readonly subtotal!: MoneyType;
  @Field(() => MoneyType) readonly tax!: MoneyType;
  @Field(() => MoneyType) readonly total!: MoneyType;
  @Field(() => MoneyType, { description: "The total less what the customer's balance pays." })
  readonly amountDue!: MoneyType;
  @Field(() => MoneyType) readonly amountPaid!: MoneyType;
  @Field(() => MoneyType) readonly amountRemaining!: MoneyType;
  @Field(() => MoneyType, { description: "By credit notes, before and after it was paid." })
  readonly credited!: MoneyType;
  @Field(() => MoneyType) readonly refunded!: MoneyType;
  @Field(() => String, { nullable: true, description: "Where it can be paid and seen." }) readonly hostedUrl!:
    | string
    | null;
  @Field(() => String, { description: "The path of its PDF, which explains each usage line." })
  readonly pdfPath!: string;
  @Field(() => Boolean, { description: "A draft whose lines are being checked against the ledger." })
  readonly verifying!: boolean;
  @Field(() => Boolean, { description: "A bank has asked for the payment back." }) readonly disputed!: boolean;
  @Field(() => Int, { description: "How often a payment was tried." }) readonly attempts!: number;
  @Field(() => DateTimeScalar, { nullable: true }) readonly nextAttemptAt!: Date | null;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true }) readonly issuedAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly dueAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly paidAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "When it was withdrawn or written off." })
  readonly closedAt!: Date | null;
}

export const InvoiceConnectionType = connectionType("InvoiceConnection", () => InvoiceType);
