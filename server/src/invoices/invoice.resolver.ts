import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { recordStaffRead } from "../audit/record-staff-read.ts";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import type { Connection } from "../platform/graphql/connection.ts";
import type { Context } from "../platform/graphql/context.ts";
import { notFound } from "../platform/graphql/errors.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { isUuid } from "../platform/id.ts";
import type { InvoiceStatus } from "./invoice.entity.ts";
import { creditNoteLoader, invoiceLoader, lineLoader, paymentLoader, refundLoader } from "./invoice.loader.ts";
import {
  CreditNoteType,
  InvoiceConnectionType,
  InvoiceDifferenceType,
  InvoiceLineType,
  InvoicePaymentType,
  InvoiceStatusEnum,
  InvoiceType,
  RefundType,
} from "./invoice.type.ts";
import {
  creditNoteView,
  type InvoiceView,
  invoiceView,
  type LineView,
  paymentView,
  refundView,
  storedLineView,
} from "./invoice-view.ts";
import { listInvoices, type ListInvoices } from "./list-invoices.ts";

const page = async (context: Context, input: ListInvoices): Promise<Connection<InvoiceView>> => {
  const { nodes, pageInfo } = await listInvoices(context, input);
  return { nodes: nodes.map(invoiceView), pageInfo };
};

const isStaff = ({ viewer }: Context): boolean => viewer?.permissions.has("staff:read") ?? false;

@Resolver(() => InvoiceType)
export class InvoiceResolver {
  @Query(() => InvoiceType, {
    description: "An invoice of the viewer's organization; staff may name any. Another tenant's is NOT_FOUND.",
  })
  async invoice(@Arg("id", () => ID) id: string, @Ctx() context: Context): Promise<InvoiceView> {
    const stored = isUuid(id) ? await invoiceLoader(context).load(id) : null;
    if (!stored) throw notFound("The invoice");
    await recordStaffRead(context, stored.organizationId, `invoice ${stored.number ?? stored.id}`);
    return invoiceView(stored);
  }

  @Query(() => InvoiceConnectionType, {
    description:
      "Staff: invoices of all organizations, newest first. search matches a part of the number or of the organization's name, or an id.",
  })
  invoices(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("status", () => InvoiceStatusEnum, { nullable: true }) status: InvoiceStatus | null,
    @Arg("held", () => Boolean, {
      nullable: true,
      description: "Those that wait because ledger and draft differ, or the others.",
    })
    held: boolean | null,
    @Arg("search", () => String, { nullable: true }) search: string | null,
    @Ctx() context: Context,
  ) {
    return page(context, { first, after, status, held, search });
  }

  @FieldResolver(() => OrganizationType)
  organization(@Root() { stored }: InvoiceView, @Ctx() context: Context) {
    return organizationLoader(context).load(stored.organizationId);
  }

  @FieldResolver(() => [InvoiceLineType], { description: "In the order of the invoice." })
  async lines(@Root() { stored }: InvoiceView, @Ctx() context: Context): Promise<LineView[]> {
    return (await lineLoader(context).load(stored)).map(storedLineView);
  }

  @FieldResolver(() => [InvoicePaymentType], { description: "Oldest first." })
  async payments(@Root() { stored }: InvoiceView, @Ctx() context: Context): Promise<InvoicePaymentType[]> {
    return (await paymentLoader(context).load(stored)).map(paymentView);
  }

  @FieldResolver(() => [CreditNoteType], { description: "Oldest first." })
  async creditNotes(@Root() { stored }: InvoiceView, @Ctx() context: Context): Promise<CreditNoteType[]> {
    return (await creditNoteLoader(context).load(stored)).map(creditNoteView);
  }

  @FieldResolver(() => [RefundType], { description: "Oldest first." })
  async refunds(@Root() { stored }: InvoiceView, @Ctx() context: Context): Promise<RefundType[]> {
    return (await refundLoader(context).load(stored)).map(refundView);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "Staff only, null for others: since when it waits because ledger and draft differ.",
  })
  heldAt(@Root() { stored }: InvoiceView, @Ctx() context: Context): Date | null {
    return isStaff(context) ? stored.heldAt : null;
  }

  @FieldResolver(() => [InvoiceDifferenceType], {
    nullable: true,
    description: "Staff only, null for others: what ledger and draft do not agree on.",
  })
  differences(@Root() { stored }: InvoiceView, @Ctx() context: Context): readonly InvoiceDifferenceType[] | null {
    return isStaff(context) ? stored.differences : null;
  }
}

@Resolver(() => OrganizationType)
export class OrganizationInvoicesResolver {
  @FieldResolver(() => InvoiceConnectionType, { description: "Its invoices, newest first." })
  invoices(
    @Root() { id: organizationId }: OrganizationType,
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("status", () => InvoiceStatusEnum, { nullable: true }) status: InvoiceStatus | null,
    @Ctx() context: Context,
  ) {
    return page(context, { organizationId, first, after, status });
  }
}
