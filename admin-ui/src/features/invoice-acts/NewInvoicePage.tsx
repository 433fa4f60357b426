import { useParams } from "react-router";
import { NewInvoiceDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { organizationUrl } from "../organizations/urls";
import { NewInvoiceForm } from "./NewInvoiceForm";
import { staffInvoicesUrl } from "./urls";

/** A bill for one customer that no subscription makes. */
export function NewInvoicePage() {
  const { id = "" } = useParams();
  return (
    <Region name="The organization" skeleton={<CardSkeleton height={420} />}>
      <Titled key={id} id={id} />
    </Region>
  );
}

function Titled({ id }: { id: string }) {
  const { name } = useRegionQuery(NewInvoiceDocument, { organizationId: id }).data.organization;
  return (
    <Page
      title="Invoice by hand"
      state="It is compared with the ledger like any other, and issued at once."
      trail={[
        { label: "Invoices", to: staffInvoicesUrl() },
        { label: name, to: organizationUrl(id) },
      ]}
    >
      <NewInvoiceForm organizationId={id} />
    </Page>
  );
}
