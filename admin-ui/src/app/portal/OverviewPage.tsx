import { Anchor, Stack } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { StartTrial } from "../../features/billing/StartTrial";
import { SubscriptionState } from "../../features/billing/SubscriptionState";
import { UpcomingBrief } from "../../features/billing/UpcomingBrief";
import { planUrl } from "../../features/billing/urls";
import { InvoicesBrief } from "../../features/invoices/InvoicesBrief";
import { invoiceUrl } from "../../features/invoices/urls";
import { QuotasPanel } from "../../features/usage/QuotasPanel";
import { UsageByDay } from "../../features/usage/UsageByDay";
import { OverviewPageDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { useMay, useViewer } from "../../lib/viewer";
import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";
import { Checklist } from "./Checklist";
import classes from "./OverviewPage.module.css";

/** Am I fine, and what will I pay? */
export function OverviewPage() {
  const { organization } = useViewer();
  const seesBill = useMay("billing:read");
  const [meter, setMeter] = useState("generations");
  return (
    <Page title="Overview" state={organization?.name}>
      <div className={classes.grid}>
        <Region name="The plan">
          <PlanAndSteps />
        </Region>
        <div className={classes.pair} data-single={!seesBill || undefined}>
          <Card title="What is left">
            <Region name="The quotas" skeleton={<CardSkeleton height={220} />}>
              <QuotasPanel />
            </Region>
          </Card>
          {seesBill && (
            <Region name="The bill so far">
              <UpcomingBrief />
            </Region>
          )}
        </div>
        {seesBill && (
          <Region name="The last invoices">
            <InvoicesBrief hrefOf={invoiceUrl} />
          </Region>
        )}
        <Region name="The usage by day" skeleton={<CardSkeleton height={340} />}>
          <UsageByDay meter={meter} onMeter={setMeter} />
        </Region>
      </div>
    </Page>
  );
}

function PlanAndSteps() {
  const variables = {
    seesPlan: useMay("billing:read"),
    seesMembers: useMay("members:read"),
    seesKeys: useMay("keys:read"),
  };
  const { data } = useRegionQuery(OverviewPageDocument, variables, { pollMs: 30_000 });
  const { subscription, usageEvents, apiKeys, members, invitations } = data.organization;
  const mayTry = subscription?.plan.code === "FREE" && subscription.status === "ACTIVE" && !subscription.trialUsed;
  return (
    <>
      <Checklist
        steps={{
          key: apiKeys && apiKeys.length > 0,
          event: usageEvents.nodes.length > 0,
          payment: subscription && (subscription.paymentMethod !== null || subscription.collection === "INVOICE"),
          colleague: members && invitations && (members.nodes.length > 1 || invitations.length > 0),
        }}
      />
      {subscription && (
        <Card title="Plan" actions={mayTry && <StartTrial />}>
          <Stack gap="xs">
            <SubscriptionState subscription={subscription} />
            <Anchor component={Link} to={planUrl()} size="sm">
              See the plan and what else there is
            </Anchor>
          </Stack>
        </Card>
      )}
    </>
  );
}
