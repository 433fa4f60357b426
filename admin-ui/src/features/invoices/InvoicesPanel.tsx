import { Button, NativeSelect, Stack } from "@mantine/core";
import { IconReceiptOff } from "@tabler/icons-react";
import { InvoicesPanelDocument, type InvoicesPanelQuery } from "../../gql/documents";
import { formatDay } from "../../lib/instant";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Pager } from "../../ui/Pager";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { Table } from "../../ui/Table";
import { INVOICE_COLUMNS, InvoiceRow } from "./InvoiceRow";
import { INVOICES_URL, STATUS_FILTERS } from "./invoices-view";

type Props = {
  readonly organizationId?: string | undefined;
  /** Where an invoice is read. */
  readonly hrefOf: (id: string) => string;
};

/** The bills of an organization: those that ask for money first. */
export function InvoicesPanel({ organizationId, hrefOf }: Props) {
  const { view, setView, ignored } = useUrlState(INVOICES_URL);
  return (
    <Stack gap="md">
      <IgnoredParameters names={ignored} />
      <search>
        <NativeSelect
          label="Status"
          maw={240}
          value={view.status ?? ""}
          data={[{ value: "", label: "All" }, ...STATUS_FILTERS]}
          onChange={({ currentTarget: { value } }) =>
            setView({ status: STATUS_FILTERS.find((each) => each.value === value)?.value ?? null })
          }
        />
      </search>
      <Card title={titleOf(view.status)} flush>
        <Region name="The invoices" skeleton={<TableSkeleton />}>
          <Invoices organizationId={organizationId} hrefOf={hrefOf} view={view} setView={setView} />
        </Region>
      </Card>
    </Stack>
  );
}

const titleOf = (status: string | null): string => {
  const filter = STATUS_FILTERS.find(({ value }) => value === status);
  return filter ? `${filter.label} invoices` : "All invoices, newest first";
};

type ListProps = Props & Pick<ReturnType<typeof useUrlState<typeof INVOICES_URL>>, "view" | "setView">;

function Invoices({ organizationId, hrefOf, view, setView }: ListProps) {
  const { data, isStale } = useRegionQuery(
    InvoicesPanelDocument,
    { organizationId: organizationId ?? null, first: view.size, after: view.after, status: view.status },
    { pollMs: 30_000 },
  );
  const { invoices, subscription } = data.organization;
  if (invoices.nodes.length === 0 && view.status !== null) {
    return (
      <EmptyState
        title="No invoice has this status"
        icon={IconReceiptOff}
        action={
          <Button variant="default" onClick={() => setView({ status: null })}>
            Show all invoices
          </Button>
        }
      />
    );
  }
  if (invoices.nodes.length === 0) {
    return (
      <EmptyState title="No invoices yet" icon={IconReceiptOff}>
        {firstInvoice(subscription)}
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Invoices" columns={INVOICE_COLUMNS} isStale={isStale}>
        {owedFirst(invoices.nodes).map((invoice) => (
          <InvoiceRow key={invoice.id} invoice={invoice} href={hrefOf(invoice.id)} />
        ))}
      </Table>
      <Pager
        pageInfo={invoices.pageInfo}
        after={view.after}
        size={view.size}
        count={plural(invoices.nodes.length, "invoice")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </>
  );
}

type Node = InvoicesPanelQuery["organization"]["invoices"]["nodes"][number];

/** Otherwise in the order they came. */
const owedFirst = (nodes: readonly Node[]): readonly Node[] => [
  ...nodes.filter(({ status }) => status === "OPEN"),
  ...nodes.filter(({ status }) => status !== "OPEN"),
];

type Subscription = InvoicesPanelQuery["organization"]["subscription"];

function firstInvoice({ plan, status, currentPeriodEnd, trialEndsAt }: Subscription): string {
  if (status === "TRIALING" && trialEndsAt)
    return `Nothing is billed during the trial. It ends on ${formatDay(trialEndsAt)}.`;
  if (plan.code === "FREE") return "The Free plan bills nothing. The first invoice comes with a paid plan.";
  return `The first one comes on ${formatDay(currentPeriodEnd)}.`;
}
