import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton, TableSkeleton } from "../../ui/Skeletons";
import { LatestProof } from "./LatestProof";
import { ProofReports } from "./ProofReports";
import { RunProof } from "./RunProof";

/** Do events, ledger, invoices and Stripe agree to the cent? */
export function ReconciliationPage() {
  return (
    <Page
      title="Reconciliation"
      state="Events, ledger, invoices and Stripe are compared to the cent each night, and when you ask."
      actions={<RunProof />}
    >
      <Region name="The last proof" skeleton={<CardSkeleton height={260} />}>
        <LatestProof />
      </Region>
      <Card title="All proofs, newest first" flush>
        <Region name="The proofs" skeleton={<TableSkeleton />}>
          <ProofReports />
        </Region>
      </Card>
    </Page>
  );
}
