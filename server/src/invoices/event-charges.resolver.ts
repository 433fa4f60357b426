import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from "type-graphql";
import type { Context } from "../platform/graphql/context.ts";
import { MoneyType, moneyFromMinor, moneyFromNanos } from "../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { UsageEventType } from "../usage/usage.type.ts";
import { type EventCharge, eventChargeLoader } from "./event-charges.ts";
import { invoiceLoader } from "./invoice.loader.ts";
import { InvoiceType } from "./invoice.type.ts";

@ObjectType("EventCharge", { description: "A usage line that an event is part of, and how it reaches an invoice." })
class EventChargeType {
  @Field(() => ID) readonly id!: string;
  @Field(() => String, { description: "USAGE, or CREDIT for what was voided after its period had closed." })
  readonly kind!: string;
  @Field(() => String) readonly meter!: string;
  @Field(() => String, { description: "invoice_item, or stripe_meter where Stripe's price makes the line." })
  readonly route!: string;
  @Field(() => String, { description: "PENDING until an invoice takes it; INVOICED; EXCLUDED when none ever will." })
  readonly state!: string;
  @Field(() => String, { nullable: true }) readonly excludedReason!: string | null;
  @Field(() => DateTimeScalar) readonly periodStart!: Date;
  @Field(() => DateTimeScalar, { description: "Not part of the period." }) readonly periodEnd!: Date;
  @Field(() => DateTimeScalar, { description: "When the period's usage was fixed for billing." })
  readonly createdAt!: Date;
  @Field(() => MoneyType, { description: "The whole line, rounded once." }) readonly amount!: MoneyType;
  @Field(() => MoneyType, { nullable: true, description: "What the event adds to it, exactly; null for storage." })
  readonly share!: MoneyType | null;
  @Field(() => ID, { nullable: true, description: "The invoice's line that bills it." }) readonly lineId!:
    | string
    | null;
  readonly invoiceId!: string | null;
}

const view = ({ amountMinor, share, ...charge }: EventCharge): EventChargeType => ({
  ...charge,
  amount: moneyFromMinor(amountMinor),
  share: share && moneyFromNanos(share),
});

@Resolver(() => UsageEventType)
export class UsageEventChargesResolver {
  @FieldResolver(() => [EventChargeType], {
    nullable: true,
    description: "The usage lines it is part of; empty while its period is open. null for who may not read bills.",
  })
  async charges(@Root() { id }: UsageEventType, @Ctx() context: Context): Promise<EventChargeType[] | null> {
    const readsBills = (["billing:read", "staff:read"] as const).some((permission) =>
      context.viewer?.permissions.has(permission),
    );
    return readsBills ? (await eventChargeLoader(context).load(id)).map(view) : null;
  }
}

@Resolver(() => EventChargeType)
export class EventChargeResolver {
  @FieldResolver(() => InvoiceType, { nullable: true, description: "null until an invoice has taken it." })
  invoice(@Root() { invoiceId }: EventChargeType, @Ctx() context: Context) {
    return invoiceId === null ? null : invoiceLoader(context).load(invoiceId);
  }
}
