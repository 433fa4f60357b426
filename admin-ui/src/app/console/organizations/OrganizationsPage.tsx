import { Button } from "@mantine/core";
import { useEffect } from "react";
import { Link, useLocation } from "react-router";
import { decisionsUrl } from "../../../features/decisions/urls";
import { useUrlState } from "../../../lib/url-state";
import { Card } from "../../../ui/Card";
import { IgnoredParameters } from "../../../ui/IgnoredParameters";
import { Page } from "../../../ui/Page";
import { Region } from "../../../ui/Region";
import { TableSkeleton } from "../../../ui/Skeletons";
import { rememberList } from "./list-memory";
import { ORGANIZATIONS_URL } from "./organizations-view";
import { OrganizationsFilter } from "./OrganizationsFilter";
import { OrganizationsTable } from "./OrganizationsTable";

/** Who are our customers, and how do they stand? Search, filters, order and page are in the URL. */
export function OrganizationsPage() {
  const { view, setView, ignored } = useUrlState(ORGANIZATIONS_URL);
  const { search } = useLocation();
  useEffect(() => rememberList(search), [search]);
  return (
    <Page
      title="Organizations"
      state="All customers, with what they used and what they will pay."
      actions={
        <Button component={Link} to={decisionsUrl()} variant="default">
          Decisions
        </Button>
      }
    >
      <IgnoredParameters names={ignored} />
      <OrganizationsFilter view={view} setView={setView} />
      <Region
        name="The organizations"
        skeleton={
          <Card title="Organizations" flush>
            <TableSkeleton />
          </Card>
        }
      >
        <OrganizationsTable view={view} setView={setView} />
      </Region>
    </Page>
  );
}
