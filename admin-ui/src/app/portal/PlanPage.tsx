import { Text } from "@mantine/core";
import { useNavigate } from "react-router";
import { PlanPanel } from "../../features/billing/PlanPanel";
import { cancelPlanUrl, changePlanUrl } from "../../features/billing/urls";
import { PlanComparison } from "../../features/catalog/PlanComparison";
import { EntitlementsCard } from "../../features/catalog/EntitlementsCard";
import { type PlanCode, PortalPlanPageDocument, type PortalPlanPageQuery } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { Status } from "../../ui/Status";

/** The plan, what comes next, and what else could be had. */
export function PlanPage() {
  return (
    <Page title="Plan" state="What you have, what comes next, and what else there is.">
      <Region name="Your plan" skeleton={<CardSkeleton height={280} />}>
        <PlanPanel />
      </Region>
      <Region name="What the plan allows" skeleton={<CardSkeleton height={260} />}>
        <EntitlementsCard />
      </Region>
      <Card title="Plans side by side" flush>
        <Region name="The plans" skeleton={<CardSkeleton height={480} />}>
          <Plans />
        </Region>
      </Card>
    </Page>
  );
}

/** The own plan as it was bought, the others as they are sold now. */
function Plans() {
  const { data } = useRegionQuery(PortalPlanPageDocument, {});
  const { subscription } = data.organization;
  const plans = data.plans.map((plan) => (plan.code === subscription.plan.code ? subscription.plan : plan));
  return (
    <PlanComparison
      plans={plans}
      current={subscription.plan.code}
      renderAct={(plan) => <Choice plan={plan} subscription={subscription} />}
    />
  );
}

type Subscription = PortalPlanPageQuery["organization"]["subscription"];

function Choice({ plan, subscription }: { plan: PlanCode; subscription: Subscription }) {
  const navigate = useNavigate();
  const { plan: current, nextPlan, cancelAt, status } = subscription;
  if (plan === current.code) return <Status tone="good">Your plan</Status>;
  const follows = cancelAt === null ? nextPlan?.code : "FREE";
  if (plan === follows) return <Status tone="info">Follows</Status>;
  if (plan === "ENTERPRISE") return <Text size="sm">By agreement: write to us</Text>;
  if (current.code === "ENTERPRISE") return <Text size="sm">By agreement</Text>;
  const to = plan === "FREE" ? cancelPlanUrl() : changePlanUrl(plan);
  return (
    <MayButton
      permission="billing:write"
      size="compact-sm"
      variant={plan === "FREE" || status === "PAUSED" ? "default" : "filled"}
      aria-label={`Choose ${nameOf(plan)}`}
      onClick={() => void navigate(to)}
    >
      Choose
    </MayButton>
  );
}

const nameOf = (plan: PlanCode): string => plan.charAt(0) + plan.slice(1).toLowerCase();
