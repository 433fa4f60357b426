import { useNavigate } from "react-router";
import { PlanPageDocument, type PlanCode } from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { maybeText, useUrlState } from "../../lib/url-state";
import { NotFoundPage } from "../../ui/Dead";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { usePlanCode } from "./plan-code";
import { PlanVersions } from "./PlanVersions";
import { RateCard } from "./RateCard";
import { catalogUrl, publishUrl } from "./urls";

const TRAIL = [{ label: "Catalog", to: catalogUrl() }];
const URL_SPEC = { version: maybeText() };

/** The versions of one plan: what each promises, and how many keep it. */
export function PlanPage() {
  const code = usePlanCode();
  if (!code) return <NotFoundPage home={catalogUrl()} />;
  return (
    <Region key={code} name="The plan">
      <Plan code={code} />
    </Region>
  );
}

function Plan({ code }: { code: PlanCode }) {
  const { data } = useRegionQuery(PlanPageDocument, { code });
  const { view } = useUrlState(URL_SPEC);
  const navigate = useNavigate();
  const versions = data.planVersions;
  const newest = versions[0];
  const shown = versions.find(({ number }) => String(number) === view.version) ?? newest;
  if (!newest || !shown) return <NotFoundPage home={catalogUrl()} />;
  const subscribers = versions.reduce((sum, { subscriberCount }) => sum + subscriberCount, 0);

  return (
    <Page
      title={newest.plan.name}
      trail={TRAIL}
      state={`${plural(subscribers, "subscriber")}, ${plural(versions.length, "version")} published. New subscriptions get version ${newest.number}.`}
      actions={
        <MayButton permission="staff:money" onClick={() => void navigate(publishUrl(code))}>
          Publish a new version
        </MayButton>
      }
    >
      <PlanVersions versions={versions} shown={shown.id} />
      <RateCard key={shown.id} plan={shown.plan} />
    </Page>
  );
}
