import { PaymentMethodPanel } from "../../features/billing/PaymentMethodPanel";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";

/** The card that is charged. */
export function PaymentPage() {
  return (
    <Page title="Payment method" state="Cards are entered and kept at Stripe; they never reach us.">
      <Region name="The payment method" skeleton={<CardSkeleton height={200} />}>
        <PaymentMethodPanel />
      </Region>
    </Page>
  );
}
