import { Divider, Group } from "@mantine/core";
import { SubscriptionState } from "../../../features/billing/SubscriptionState";
import { EntitlementsCard } from "../../../features/catalog/EntitlementsCard";
import { AgreePlan } from "../../../features/pricing/AgreePlan";
import { CustomerPrices } from "../../../features/pricing/CustomerPrices";
import { UsageRoutes } from "../../../features/usage-routes/UsageRoutes";
import { SubscriptionActs } from "../../../features/subscription-acts/SubscriptionActs";
import { SubscriptionTabDocument } from "../../../gql/documents";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Region } from "../../../ui/Region";
import { CardSkeleton } from "../../../ui/Skeletons";
import { factsOf, stripeFact } from "./subscription-facts";
import { useOrganizationId } from "./use-organization-id";

/** Which plan version at which prices; agreed plans, prices of the customer's own and routes of usage are set here. */
export function SubscriptionTab() {
  const id = useOrganizationId();
  return (
    <>
      <Region name="The subscription">
        <PlanCard id={id} />
      </Region>
      <Region name="What the plan allows" skeleton={<CardSkeleton height={260} />}>
        <EntitlementsCard organizationId={id} />
      </Region>
      <Region name="The prices" skeleton={<CardSkeleton height={320} />}>
        <CustomerPrices organizationId={id} />
      </Region>
      <Region name="The routes of usage" skeleton={<CardSkeleton height={240} />}>
        <UsageRoutes organizationId={id} />
      </Region>
    </>
  );
}

function PlanCard({ id }: { id: string }) {
  const { data } = useRegionQuery(SubscriptionTabDocument, { id, search: id }, { pollMs: 30_000 });
  const { organization, plans, subscriptions } = data;
  const { subscription } = organization;
  const { plan } = subscription;
  const newest = plans.find(({ code }) => code === plan.code)?.version ?? plan.version;
  return (
    <Card
      title="Subscription"
      actions={
        <Group gap="sm">
          <SubscriptionActs subscription={subscription} organization={organization} />
          <AgreePlan organizationId={id} />
        </Group>
      }
    >
      <SubscriptionState subscription={subscription} />
      <Divider my="md" />
      <Facts facts={[...factsOf(subscription, newest), stripeFact(subscriptions.nodes[0])]} />
    </Card>
  );
}
