import { useNavigate } from "react-router";
import { newInvoiceUrl, staffInvoiceUrl } from "../../../features/invoice-acts/urls";
import { InvoicesPanel } from "../../../features/invoices/InvoicesPanel";
import { MayButton } from "../../../ui/MayButton";
import { Region } from "../../../ui/Region";
import { useOrganizationId } from "./use-organization-id";

/** What was billed to the customer, as they see it themselves, and the way to a bill by hand. */
export function InvoicesTab() {
  const id = useOrganizationId();
  const navigate = useNavigate();
  return (
    <>
      <div>
        <MayButton permission="staff:money" onClick={() => void navigate(newInvoiceUrl(id))}>
          Invoice by hand
        </MayButton>
      </div>
      <Region name="The invoices">
        <InvoicesPanel organizationId={id} hrefOf={staffInvoiceUrl} />
      </Region>
    </>
  );
}
