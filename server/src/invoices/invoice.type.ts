import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { MoneyType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.ts";

const InvoiceLineKindEnum = { FEE: "FEE", USAGE: "USAGE", CREDIT: "CREDIT" } as const;
registerEnumType(InvoiceLineKindEnum, {
  name: "InvoiceLineKind",
  description: "What an invoice line is for.",
  valuesConfig: {
    FEE: { description: "The plan's recurring fee, in advance." },
    USAGE: { description: "Usage past the allowance, in arrears." },
    CREDIT: { description: "Money given back." },
  },
});

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
}

@ObjectType("InvoicePreview", { description: "The next invoice as it stands now." })
export class InvoicePreviewType {
  @Field(() => [InvoiceLineType]) readonly lines!: InvoiceLineType[];
  @Field(() => MoneyType, { description: "The sum of the rounded lines." }) readonly total!: MoneyType;
  @Field(() => DateTimeScalar, { description: "Of the usage that is billed." }) readonly periodStart!: Date;
  @Field(() => DateTimeScalar) readonly periodEnd!: Date;
  @Field(() => DateTimeScalar, { description: "When it will be charged." }) readonly dueAt!: Date;
}
