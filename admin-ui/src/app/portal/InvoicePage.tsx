import { Button } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { useParams } from "react-router";
import { InvoicePanel } from "../../features/invoices/InvoicePanel";
import { invoicesUrl } from "../../features/invoices/urls";
import { usageEventUrl } from "../../features/usage/urls";
import { UsageEventsTable } from "../../features/usage/UsageEventsTable";
import { InvoiceTitleDocument } from "../../gql/documents";
import { isZero } from "../../lib/decimal";
import { formatAmount } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { Page } from "../../ui/Page";
import { PageOfOne } from "../../ui/PageOfOne";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";

const TRAIL = [{ label: "Invoices", to: invoicesUrl() }];

/** One bill. An id that is another's reads like an address that never was. */
export function InvoicePage() {
  const { id = "" } = useParams();
  return (
    <PageOfOne id={id} title="Invoice" name="The invoice" trail={TRAIL} home="/app">
      <Titled id={id} />
    </PageOfOne>
  );
}

function Titled({ id }: { id: string }) {
  const { data } = useRegionQuery(InvoiceTitleDocument, { id });
  const { number, status, hostedUrl, pdfPath, amountRemaining } = data.invoice;
  const isPayable = status === "OPEN" && hostedUrl !== null && !isZero(amountRemaining.amount);
  return (
    <Page
      title={number ?? "Invoice not issued yet"}
      trail={TRAIL}
      actions={
        <>
          {isPayable && (
            <Button component="a" href={hostedUrl}>
              Pay {formatAmount(amountRemaining)}
            </Button>
          )}
          <Button
            component="a"
            href={pdfPath}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            PDF
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <Region name="The invoice" skeleton={<CardSkeleton height={420} />}>
        <InvoicePanel
          id={id}
          renderEvents={(events, amounts, isStale) => (
            <UsageEventsTable
              caption="Events behind the line"
              events={events}
              hrefOf={(event) => usageEventUrl(event)}
              amounts={amounts}
              isStale={isStale}
              narrow
            />
          )}
        />
      </Region>
    </Page>
  );
}
