import { CheckoutReturn } from "../../features/billing/CheckoutReturn";
import { invoiceUrl } from "../../features/invoices/urls";
import { oneOf, useUrlState } from "../../lib/url-state";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";

const URL_SPEC = { plan: oneOf(["STARTER", "PROFESSIONAL"], null) };

/** Where Stripe's page leads back to. */
export function CheckoutReturnPage() {
  const { view } = useUrlState(URL_SPEC);
  return (
    <Page title="Your payment">
      <Region name="The payment" skeleton={<CardSkeleton height={200} />}>
        <CheckoutReturn plan={view.plan} invoiceHref={invoiceUrl} />
      </Region>
    </Page>
  );
}
