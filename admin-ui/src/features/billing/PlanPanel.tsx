import { Stack } from "@mantine/core";
import { PlanPanelDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { PlanActs } from "./PlanActs";
import { PlanFacts } from "./PlanFacts";
import { SubscriptionState } from "./SubscriptionState";

/** The plan: how it stands, what comes next, and what can be done with it. */
export function PlanPanel() {
  const { data } = useRegionQuery(PlanPanelDocument, {}, { pollMs: 30_000 });
  const { subscription } = data.organization;
  return (
    <Card title="Your plan">
      <Stack gap="md">
        <SubscriptionState subscription={subscription} />
        <PlanFacts subscription={subscription} />
        <PlanActs subscription={subscription} />
      </Stack>
    </Card>
  );
}
