import { useNavigate } from "react-router";
import { newInvoiceUrl } from "../../../features/invoice-acts/urls";
import { OrganizationPicker } from "../../../features/organizations/OrganizationPicker";
import { useUrlState } from "../../../lib/url-state";
import { Card } from "../../../ui/Card";
import { IgnoredParameters } from "../../../ui/IgnoredParameters";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { TableSkeleton } from "../../../ui/Skeletons";
import { useMay } from "../../../lib/viewer";
import { STAFF_INVOICES_URL } from "./staff-invoices-view";
import { StaffInvoicesFilter } from "./StaffInvoicesFilter";
import { StaffInvoicesTable } from "./StaffInvoicesTable";

/** What was billed to whom, and what waits because ledger and draft differ. */
export function StaffInvoicesPage() {
  const { view, setView, ignored } = useUrlState(STAFF_INVOICES_URL);
  const navigate = useNavigate();
  const may = useMay("staff:money");
  return (
    <Page
      title="Invoices"
      state="All bills of all customers, newest first."
      actions={may && <OrganizationPicker label="Invoice by hand" onPick={(id) => void navigate(newInvoiceUrl(id))} />}
    >
      <IgnoredParameters names={ignored} />
      <StaffInvoicesFilter view={view} setView={setView} />
      <Region
        name="The invoices"
        skeleton={
          <Card title="Invoices" flush>
            <TableSkeleton />
          </Card>
        }
      >
        <StaffInvoicesTable view={view} setView={setView} />
      </Region>
    </Page>
  );
}
