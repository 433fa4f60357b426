import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { InvoicesBriefDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Table } from "../../ui/Table";
import { INVOICE_COLUMNS, InvoiceRow } from "./InvoiceRow";
import { invoicesUrl } from "./urls";

const SHOWN = new Set(["number", "issued", "status", "total", "pay"]);
const COLUMNS = INVOICE_COLUMNS.filter(({ key }) => SHOWN.has(key));

type Props = {
  readonly organizationId?: string | undefined;
  /** Where an invoice is read. */
  readonly hrefOf: (id: string) => string;
};

/** The last bills on a card; nothing where there are none. */
export function InvoicesBrief({ organizationId, hrefOf }: Props) {
  const { data } = useRegionQuery(
    InvoicesBriefDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 30_000 },
  );
  const { nodes } = data.organization.invoices;
  if (nodes.length === 0) return null;
  return (
    <Card
      title="Last invoices"
      flush
      actions={
        <Anchor component={Link} to={invoicesUrl()} size="sm">
          All invoices
        </Anchor>
      }
    >
      <Table caption="Last invoices" columns={COLUMNS}>
        {nodes.map((invoice) => (
          <InvoiceRow key={invoice.id} invoice={invoice} href={hrefOf(invoice.id)} />
        ))}
      </Table>
    </Card>
  );
}
