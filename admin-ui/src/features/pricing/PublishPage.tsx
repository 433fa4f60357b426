import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { useMemo } from "react";
import {
  type PlanCode,
  PublishPageDocument,
  RateCard_PlanFragmentDoc,
  type RateCard_PlanFragment,
} from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { NotFoundPage } from "../../ui/Dead";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { usePlanCode } from "./plan-code";
import { PublishForm } from "./PublishForm";
import { catalogUrl, planUrl } from "./urls";

/** Writes the next version of a plan, starting from the newest. */
export function PublishPage() {
  const code = usePlanCode();
  if (!code) return <NotFoundPage home={catalogUrl()} />;
  return (
    <Region key={code} name="The plan">
      <Publish code={code} />
    </Region>
  );
}

function Publish({ code }: { code: PlanCode }) {
  const { data } = useRegionQuery(PublishPageDocument, { code });
  const newest = data.planVersions[0];
  if (!newest) return <NotFoundPage home={catalogUrl()} />;
  const subscribers = data.planVersions.reduce((sum, { subscriberCount }) => sum + subscriberCount, 0);
  return <PublishNext key={newest.id} from={newest.plan} number={newest.number} subscribers={subscribers} />;
}

type Props = {
  readonly from: FragmentType<RateCard_PlanFragment>;
  readonly number: number;
  readonly subscribers: number;
};

function PublishNext({ from, number, subscribers }: Props) {
  const { data: plan, complete } = useFragment({ fragment: RateCard_PlanFragmentDoc, from });
  const trail = useMemo(
    () => [
      { label: "Catalog", to: catalogUrl() },
      { label: plan.name ?? "", to: planUrl(plan.code ?? "") },
    ],
    [plan.name, plan.code],
  );
  if (!complete) return null;
  return (
    <Page
      title={`Version ${number + 1}`}
      trail={trail}
      state={`Starts as version ${number} is. ${plural(subscribers, "subscriber")} of ${plan.name} keep what they have.`}
    >
      <PublishForm plan={plan} number={number + 1} subscribers={subscribers} />
    </Page>
  );
}
