import { Anchor, Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { Comparison } from "../../../features/invoice-acts/Comparison";
import { InvoiceActsMenu } from "../../../features/invoice-acts/InvoiceActsMenu";
import { staffInvoicesUrl } from "../../../features/invoice-acts/urls";
import { InvoicePanel } from "../../../features/invoices/InvoicePanel";
import { organizationUrl } from "../../../features/organizations/urls";
import { usageEventUrl } from "../../../features/usage/urls";
import { UsageEventsTable } from "../../../features/usage/UsageEventsTable";
import { StaffInvoiceDocument } from "../../../gql/documents";
import { formatDay } from "../../../lib/instant";
import { useRegionQuery } from "../../../lib/query";
import { Page } from "../../../ui/Page";
import { PageOfOne } from "../../../ui/PageOfOne";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";

const TRAIL = [{ label: "Invoices", to: staffInvoicesUrl() }];

/** One bill of whichever customer, with what they see of it, and what staff can do. */
export function StaffInvoicePage() {
  const { id = "" } = useParams();
  return (
    <PageOfOne id={id} title="Invoice" name="The invoice" trail={TRAIL} home="/console">
      <Titled id={id} />
    </PageOfOne>
  );
}

function Titled({ id }: { id: string }) {
  const { invoice } = useRegionQuery(StaffInvoiceDocument, { id }, { pollMs: 30_000 }).data;
  const { number, createdAt, pdfPath, organization } = invoice;
  return (
    <Page
      title={number ?? `Draft of ${formatDay(createdAt)}`}
      trail={TRAIL}
      state={
        <Anchor component={Link} to={organizationUrl(organization.id, "invoices")} fz="inherit">
          {organization.name}
        </Anchor>
      }
      actions={
        <>
          <InvoiceActsMenu invoice={invoice} />
          <Button
            component="a"
            href={pdfPath}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            PDF
          </Button>
        </>
      }
    >
      <Comparison invoice={invoice} />
      <Region name="The invoice" skeleton={<CardSkeleton height={420} />}>
        <InvoicePanel
          id={id}
          renderEvents={(events, amounts, isStale) => (
            <UsageEventsTable
              caption="Events behind the line"
              events={events}
              hrefOf={(event) => usageEventUrl(event, organization.id)}
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
