import { Button } from "@mantine/core";
import { IconReceiptOff, IconCircleCheck } from "@tabler/icons-react";
import { StaffInvoicesDocument } from "../../../gql/documents";
import { useTick } from "../../../lib/clock";
import { formatInstant } from "../../../lib/instant";
import { plural } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { NoMatch, NothingFurther } from "../../../ui/EmptyList";
import { EmptyState } from "../../../ui/EmptyState";
import { Pager } from "../../../ui/Pager";
import { Table } from "../../../ui/Table";
import { StaffInvoiceRow } from "./StaffInvoiceRow";
import { chipsOf, NO_FILTER, type SetView, type StaffInvoicesView, variablesOf } from "./staff-invoices-view";

const COLUMNS = [
  { key: "number", label: "Invoice" },
  { key: "organization", label: "Organization", phone: "bare" },
  { key: "at", label: "Issued", phone: "none" },
  { key: "status", label: "Status", phone: "bare" },
  { key: "due", label: "Due", numeric: true, phone: "none" },
  { key: "total", label: "Total", numeric: true, phone: "first" },
] as const;

type Props = { readonly view: StaffInvoicesView; readonly setView: SetView };

/** A page of all invoices under the filters in force. */
export function StaffInvoicesTable({ view, setView }: Props) {
  const { data, isStale } = useRegionQuery(StaffInvoicesDocument, variablesOf(view), { pollMs: 30_000 });
  const { nodes, pageInfo } = data.invoices;
  const { heldInvoices } = data.billingHealth;
  const title = heldInvoices === 0 ? "No invoice is held" : `${plural(heldInvoices, "invoice")} held`;
  if (nodes.length === 0) {
    return (
      <Card title={title}>
        <Nothing view={view} setView={setView} />
      </Card>
    );
  }
  return (
    <Card
      title={title}
      actions={
        heldInvoices > 0 &&
        !view.held && (
          <Button size="compact-sm" variant="default" onClick={() => setView({ ...NO_FILTER, held: true })}>
            Show held
          </Button>
        )
      }
      flush
    >
      <Table caption="Invoices of all organizations" columns={COLUMNS} isStale={isStale}>
        {nodes.map((invoice) => (
          <StaffInvoiceRow key={invoice.id} invoice={invoice} />
        ))}
      </Table>
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "invoice")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </Card>
  );
}

function Nothing({ view, setView }: Props) {
  const now = useTick(60_000);
  const chips = chipsOf(view, setView);
  const isQueue = view.held && chips.length === 1;
  if (isQueue) {
    return (
      <EmptyState
        title="Nothing is held"
        icon={IconCircleCheck}
        action={
          <Button variant="default" mt="xs" onClick={() => setView(NO_FILTER)}>
            Show all invoices
          </Button>
        }
      >
        As of {formatInstant(new Date(now).toISOString())} ledger and drafts agree to the cent.
      </EmptyState>
    );
  }
  if (chips.length > 0) {
    return (
      <NoMatch title="No invoice matches" icon={IconReceiptOff} onClear={() => setView(NO_FILTER)}>
        {chips.map(({ label }) => label).join(", ")}
      </NoMatch>
    );
  }
  if (view.after !== null) return <NothingFurther onFirst={() => setView({ after: null })} />;
  return (
    <EmptyState title="No invoice yet" icon={IconReceiptOff}>
      The first one comes with the first paid plan.
    </EmptyState>
  );
}
