import { Anchor, Stack } from "@mantine/core";
import { Link } from "react-router";
import { PlanChangePanel } from "../../features/billing/PlanChangePanel";
import { planUrl } from "../../features/billing/urls";
import { oneOf, useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { Notice } from "../../ui/Notice";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CardSkeleton } from "../../ui/Skeletons";

const URL_SPEC = { to: oneOf(["FREE", "STARTER", "PROFESSIONAL"], null) };
const TRAIL = [{ label: "Plan", to: planUrl() }];

/** What another plan costs and means, before anything is done. */
export function PlanChangePage() {
  const { view } = useUrlState(URL_SPEC);
  return (
    <Page title="Change the plan" trail={TRAIL} state="Nothing happens before you press the button below.">
      {view.to === null ? (
        <NoPlan />
      ) : (
        <Region name="The change" skeleton={<CardSkeleton height={320} />}>
          <PlanChangePanel key={view.to} to={view.to} />
        </Region>
      )}
    </Page>
  );
}

function NoPlan() {
  return (
    <Card title="Which plan?">
      <Stack gap="sm">
        <Notice tone="info">The address names no plan that can be chosen here. Enterprise is by agreement.</Notice>
        <Anchor component={Link} to={planUrl()}>
          See the plans
        </Anchor>
      </Stack>
    </Card>
  );
}
