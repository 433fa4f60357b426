import { Divider } from "@mantine/core";
import { SubscriptionState } from "../../../features/billing/SubscriptionState";
import { AgreePlan } from "../../../features/pricing/AgreePlan";
import { CustomerPrices } from "../../../features/pricing/CustomerPrices";
import { SubscriptionTabDocument } from "../../../gql/documents";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Instant } from "../../../ui/Instant";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";
import { useOrganizationId } from "./use-organization-id";

/** Which plan version at which prices; agreed plans and prices of the customer's own are set here. */
export function SubscriptionTab() {
  const id = useOrganizationId();
  return (
    <>
      <Region name="The subscription">
        <PlanCard id={id} />
      </Region>
      <Region name="The prices" skeleton={<CardSkeleton height={320} />}>
        <CustomerPrices organizationId={id} />
      </Region>
    </>
  );
}

function PlanCard({ id }: { id: string }) {
  const { data } = useRegionQuery(SubscriptionTabDocument, { id }, { pollMs: 30_000 });
  const { subscription } = data.organization;
  const { plan, startedAt, agreed, trialUsed } = subscription;
  const newest = data.plans.find(({ code }) => code === plan.code)?.version ?? plan.version;
  return (
    <Card title="Subscription" actions={<AgreePlan organizationId={id} />}>
      <SubscriptionState subscription={subscription} />
      <Divider my="md" />
      <Facts
        facts={[
          [
            "Plan version",
            newest > plan.version
              ? `${plan.name}, version ${plan.version}; new subscriptions get version ${newest}`
              : `${plan.name}, version ${plan.version}, the newest`,
          ],
          ["Monthly price", agreed ? "Agreed with this customer" : "The plan's"],
          ["Subscribed since", <Instant key="since" at={startedAt} zone="UTC" />],
          ["Trial", trialUsed ? "Used" : "Not used yet"],
        ]}
      />
    </Card>
  );
}
