import { Suspense, useEffect, useMemo } from "react";
import { Outlet, useLocation, useParams } from "react-router";
import { rememberOrganization } from "../../../features/organizations/recent-organizations";
import { organizationUrl } from "../../../features/organizations/urls";
import { OrganizationVisitDocument } from "../../../gql/documents";
import { useRegionQuery } from "../../../lib/query";
import { Page } from "../../../ui/Page";
import { PageOfOne } from "../../../ui/PageOfOne";
import { CardSkeleton } from "../../../ui/Skeletons";
import { listUrl } from "../organizations/list-memory";
import { OrganizationTabs } from "./OrganizationTabs";
import { TABS, tabOf } from "./tabs";
import { VisitBar } from "./VisitBar";

/** Everything about one organization. An id that is nobody's reads like an address that never was. */
export function OrganizationLayout() {
  const { id = "" } = useParams();
  return (
    <PageOfOne id={id} title="Organization" name="The organization" home="/console">
      <Visit id={id} />
    </PageOfOne>
  );
}

function Visit({ id }: { id: string }) {
  const { data } = useRegionQuery(OrganizationVisitDocument, { id });
  const { pathname } = useLocation();
  const { organization } = data;
  const { name } = organization;
  const tab = tabOf(pathname, id);
  const label = TABS.find((each) => each.tab === tab)?.label ?? "";
  useEffect(() => rememberOrganization({ id, name }), [id, name]);
  const trail = useMemo(() => {
    const list = { label: "Organizations", to: listUrl() };
    return tab === "overview" ? [list] : [list, { label: name, to: organizationUrl(id) }];
  }, [tab, id, name]);

  return (
    <Page title={tab === "overview" ? name : label} trail={trail}>
      <VisitBar organization={organization} tab={tab} />
      <OrganizationTabs id={id} current={tab} />
      <Suspense fallback={<CardSkeleton height={320} />}>
        <Outlet key={id} />
      </Suspense>
    </Page>
  );
}
