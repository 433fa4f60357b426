import { InvoicesPanel } from "../../features/invoices/InvoicesPanel";
import { invoiceUrl } from "../../features/invoices/urls";
import { Page } from "../../ui/Page";

/** What was billed. */
export function InvoicesPage() {
  return (
    <Page title="Invoices" state="What was billed, what was paid, and what is still due.">
      <InvoicesPanel hrefOf={invoiceUrl} />
    </Page>
  );
}
