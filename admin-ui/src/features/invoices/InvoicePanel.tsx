import { Stack } from "@mantine/core";
import { InvoicePageDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { InvoiceHead } from "./InvoiceHead";
import { InvoiceLines } from "./InvoiceLines";
import { InvoiceHistory } from "./InvoiceHistory";
import type { EventsSlot } from "./InvoiceLineView";

type Props = {
  readonly id: string;
  /** How the events of a line are shown. */
  readonly renderEvents: EventsSlot;
};

/** One bill: how it stands, what it is made of down to the events, and what was paid and given back. */
export function InvoicePanel({ id, renderEvents }: Props) {
  const { data } = useRegionQuery(InvoicePageDocument, { id }, { pollMs: 30_000 });
  const { invoice } = data;
  return (
    <Stack gap="lg">
      <InvoiceHead invoice={invoice} />
      <InvoiceLines invoice={invoice} invoiceId={invoice.id} renderEvents={renderEvents} />
      <InvoiceHistory invoice={invoice} />
    </Stack>
  );
}
