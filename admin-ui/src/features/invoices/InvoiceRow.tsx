import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Button, Text } from "@mantine/core";
import { Link } from "react-router";
import { InvoiceRow_InvoiceFragmentDoc, type InvoiceRow_InvoiceFragment } from "../../gql/documents";
import { useTick } from "../../lib/clock";
import { formatPeriod } from "../../lib/instant";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { Cell, Row } from "../../ui/Table";
import { invoiceState, isOwed } from "./invoice-words";
import classes from "./Invoices.module.css";

export const INVOICE_COLUMNS = [
  { key: "number", label: "Invoice" },
  { key: "issued", label: "Issued", phone: "bare" },
  { key: "period", label: "Service period", phone: "none" },
  { key: "status", label: "Status", phone: "bare" },
  { key: "paid", label: "Paid", numeric: true, phone: "none" },
  { key: "due", label: "Due", numeric: true, phone: "none" },
  { key: "total", label: "Total", numeric: true, phone: "first" },
  { key: "pay", label: "Pay", quiet: true },
] as const;

type Props = { readonly invoice: FragmentType<InvoiceRow_InvoiceFragment>; readonly href: string };

/** One bill of the list; only one that is open asks for money. */
export function InvoiceRow({ invoice: from, href }: Props) {
  const now = useTick(60_000);
  const { data: invoice, complete } = useFragment({ fragment: InvoiceRow_InvoiceFragmentDoc, from });
  if (!complete) return null;
  const { label, tone, sentence } = invoiceState(invoice, now);
  return (
    <Row faded={invoice.status === "VOID"}>
      <Cell column="number" head>
        <Anchor component={Link} to={href} fz="sm" fw={600}>
          {invoice.number ?? "Not issued yet"}
        </Anchor>
      </Cell>
      <Cell column="issued">
        {invoice.issuedAt ? (
          <Instant at={invoice.issuedAt} as="day" zone="UTC" />
        ) : (
          <Text span inherit>
            -
          </Text>
        )}
      </Cell>
      <Cell column="period">
        <span className={classes.period}>{formatPeriod(invoice.periodStart, invoice.periodEnd)}</span>
      </Cell>
      <Cell column="status">
        <Status tone={tone} title={sentence}>
          {label}
        </Status>
      </Cell>
      <Cell column="paid">
        <Money value={invoice.amountPaid} />
      </Cell>
      <Cell column="due">{isOwed(invoice) ? <Money value={invoice.amountRemaining} /> : "-"}</Cell>
      <Cell column="total">
        <Money value={invoice.total} />
      </Cell>
      <Cell column="pay">
        {isOwed(invoice) && invoice.hostedUrl !== null && (
          <Button
            component="a"
            href={invoice.hostedUrl}
            size="compact-sm"
            aria-label={`Pay ${invoice.number ?? "the invoice"}`}
          >
            Pay
          </Button>
        )}
      </Cell>
    </Row>
  );
}
