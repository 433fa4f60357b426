import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import {
  InvoiceLine_LineFragmentDoc,
  type InvoiceLine_LineFragment,
  InvoiceLines_InvoiceFragmentDoc,
  type InvoiceLines_InvoiceFragment,
} from "../../gql/documents";
import { compareDecimals, isZero, subtractDecimals } from "../../lib/decimal";
import { formatPeriod } from "../../lib/instant";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { Money, Quantity } from "../../ui/Figures";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { Cell, Row, Table } from "../../ui/Table";
import { UrlDrawer } from "../../ui/UrlDrawer";
import { type EventsSlot, InvoiceLineView } from "./InvoiceLineView";
import { INVOICE_URL } from "./invoices-view";
import classes from "./Invoices.module.css";
import { explanationWords } from "./line-words";

const COLUMNS = [
  { key: "description", label: "Line" },
  { key: "period", label: "For", phone: "none" },
  { key: "quantity", label: "Quantity", numeric: true, phone: "none" },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

type Props = {
  readonly invoice: FragmentType<InvoiceLines_InvoiceFragment>;
  readonly invoiceId: string;
  readonly renderEvents: EventsSlot;
};

/** The lines and their sum. A usage line says how it came about and opens to its events. */
export function InvoiceLines({ invoice: from, invoiceId, renderEvents }: Props) {
  const { view, setView, hrefWith } = useUrlState(INVOICE_URL);
  const { data: invoice, complete } = useFragment({
    fragment: InvoiceLines_InvoiceFragmentDoc,
    fragmentName: "InvoiceLines_invoice",
    from,
  });
  if (!complete) return null;
  return (
    <>
      <Card
        title="Lines"
        description={
          invoice.lines.some(({ kind }) => kind === "USAGE") ? (
            <span className="qlp-no-print">Each usage line opens to the events it is made of.</span>
          ) : undefined
        }
        flush
      >
        <Table caption="Lines of the invoice" columns={COLUMNS}>
          {invoice.lines.map((line) => (
            <LineRow key={line.id} line={line} href={hrefWith({ line: line.id, after: null })} />
          ))}
        </Table>
        <Sums invoice={invoice} />
      </Card>
      <UrlDrawer open={view.line} onClose={() => setView({ line: null, after: null })} title="Line of the invoice" wide>
        {(id) => (
          <Region name="The events of the line" skeleton={<TableSkeleton />}>
            <InvoiceLineView
              line={invoice.lines.find((line) => line.id === id)}
              lineId={id}
              invoiceId={invoiceId}
              view={view}
              setView={setView}
              renderEvents={renderEvents}
            />
          </Region>
        )}
      </UrlDrawer>
    </>
  );
}

function LineRow({ line: from, href }: { line: FragmentType<InvoiceLine_LineFragment>; href: string }) {
  const { data: line, complete } = useFragment({ fragment: InvoiceLine_LineFragmentDoc, from });
  if (!complete) return null;
  const words = explanationWords(line);
  return (
    <Row>
      <Cell column="description" head>
        {words === null ? (
          <Text span size="sm" fw={600}>
            {line.description}
          </Text>
        ) : (
          <Anchor component={Link} to={href} fz="sm" fw={600} preventScrollReset>
            {line.description}
          </Anchor>
        )}
        {words !== null && <span className={classes.explained}>{words}</span>}
      </Cell>
      <Cell column="period">
        <span className={classes.period}>{formatPeriod(line.periodStart, line.periodEnd)}</span>
      </Cell>
      <Cell column="quantity">
        {line.explanation ? (
          <Quantity value={line.quantity} unit={line.explanation.unit} />
        ) : (
          <Quantity value={line.quantity} />
        )}
      </Cell>
      <Cell column="amount">
        <Money value={line.amount} />
      </Cell>
    </Row>
  );
}

/** From the sum of the lines to what is due. */
function Sums({ invoice }: { invoice: InvoiceLines_InvoiceFragment }) {
  const { subtotal, tax, total, amountDue, amountPaid, amountRemaining, status } = invoice;
  const balance = subtractDecimals(amountDue.amount, total.amount);
  const isOpen = status === "OPEN";
  return (
    <dl className={classes.sums}>
      <dt>Subtotal</dt>
      <dd>
        <Money value={subtotal} />
      </dd>
      {!isZero(tax.amount) && (
        <>
          <dt>Tax</dt>
          <dd>
            <Money value={tax} />
          </dd>
        </>
      )}
      <dt data-strong>Total</dt>
      <dd data-strong>
        <Money value={total} />
      </dd>
      {!isZero(balance) && (
        <>
          <dt>{compareDecimals(balance, "0") < 0 ? "From the balance" : "To the balance"}</dt>
          <dd>
            <Money value={{ amount: balance, currency: total.currency }} />
          </dd>
        </>
      )}
      <dt>Paid</dt>
      <dd>
        <Money value={amountPaid} />
      </dd>
      {isOpen && (
        <>
          <dt data-strong>Due</dt>
          <dd data-strong>
            <Money value={amountRemaining} />
          </dd>
        </>
      )}
    </dl>
  );
}
