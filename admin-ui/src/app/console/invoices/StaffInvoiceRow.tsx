import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { differenceWords } from "../../../features/invoice-acts/comparison-rows";
import { staffInvoiceUrl } from "../../../features/invoice-acts/urls";
import { invoiceState, isOwed } from "../../../features/invoices/invoice-words";
import { organizationUrl } from "../../../features/organizations/urls";
import { StaffInvoiceRow_InvoiceFragmentDoc, type StaffInvoiceRow_InvoiceFragment } from "../../../gql/documents";
import { useTick } from "../../../lib/clock";
import { formatDay } from "../../../lib/instant";
import { Money } from "../../../ui/Figures";
import { Instant } from "../../../ui/Instant";
import { Status } from "../../../ui/Status";
import { Cell, Row } from "../../../ui/Table";
import classes from "./StaffInvoices.module.css";

type Props = { readonly invoice: FragmentType<StaffInvoiceRow_InvoiceFragment> };

/** One bill of whichever customer. */
export function StaffInvoiceRow({ invoice: from }: Props) {
  const { data: invoice, complete } = useFragment({ fragment: StaffInvoiceRow_InvoiceFragmentDoc, from });
  if (!complete) return null;
  const { id, number, status, organization, issuedAt, createdAt, amountRemaining, total } = invoice;
  return (
    <Row faded={status === "VOID"}>
      <Cell column="number" head>
        <Anchor component={Link} to={staffInvoiceUrl(id)} fz="sm" fw={600} className={classes.number}>
          {number ?? `Draft of ${formatDay(createdAt)}`}
        </Anchor>
      </Cell>
      <Cell column="organization">
        <Anchor component={Link} to={organizationUrl(organization.id)} fz="sm">
          {organization.name}
        </Anchor>
      </Cell>
      <Cell column="at">{issuedAt === null ? "-" : <Instant at={issuedAt} as="day" zone="UTC" />}</Cell>
      <Cell column="status">
        <Standing invoice={invoice} />
      </Cell>
      <Cell column="due">{isOwed(invoice) ? <Money value={amountRemaining} /> : "-"}</Cell>
      <Cell column="total">
        <Money value={total} />
      </Cell>
    </Row>
  );
}

function Standing({ invoice }: { invoice: StaffInvoiceRow_InvoiceFragment }) {
  const now = useTick(60_000);
  if (invoice.heldAt !== null) {
    return (
      <>
        <Status tone="bad">Held</Status>
        <Text size="xs" c="dimmed">
          {differenceWords(invoice.differences ?? [], invoice.total.currency)}
        </Text>
      </>
    );
  }
  const { label, tone, sentence } = invoiceState(invoice, now);
  return (
    <Status tone={tone} title={sentence}>
      {label}
    </Status>
  );
}
