import { useParams } from "react-router";
import { CreditInvoiceDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { CreditForm } from "./CreditForm";
import { staffInvoicesUrl, staffInvoiceUrl } from "./urls";

/** Takes money off a bill by a credit note. */
export function CreditPage() {
  const { id = "" } = useParams();
  return (
    <Region name="The invoice" skeleton={<CardSkeleton height={420} />}>
      <Titled id={id} />
    </Region>
  );
}

function Titled({ id }: { id: string }) {
  const { number, organization } = useRegionQuery(CreditInvoiceDocument, { id }).data.invoice;
  return (
    <Page
      title={`Credit ${number ?? "the draft"}`}
      state={organization.name}
      trail={[
        { label: "Invoices", to: staffInvoicesUrl() },
        { label: number ?? "Draft", to: staffInvoiceUrl(id) },
      ]}
    >
      <CreditForm id={id} />
    </Page>
  );
}
