import { IconBuildingOff } from "@tabler/icons-react";
import { OrganizationsPageDocument } from "../../../gql/documents";
import { formatCount, plural } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { NoMatch, NothingFurther } from "../../../ui/EmptyList";
import { EmptyState } from "../../../ui/EmptyState";
import { Pager } from "../../../ui/Pager";
import { Table } from "../../../ui/Table";
import { OrganizationRow } from "./OrganizationRow";
import { chipsOf, NO_FILTER, type OrganizationsView, type SetView, sortingOf, variablesOf } from "./organizations-view";

const COLUMNS = [
  { key: "name", label: "Organization", sort: "NAME" },
  { key: "plan", label: "Plan", sort: "PLAN", phone: "bare" },
  { key: "status", label: "Status", phone: "bare" },
  { key: "allowance", label: "Most used allowance", phone: "bare" },
  { key: "overage", label: "Overage so far", numeric: true, sort: "OVERAGE", phone: "none" },
  { key: "upcoming", label: "Next invoice", numeric: true, phone: "first" },
  { key: "created", label: "Created", sort: "CREATED_AT", phone: "none" },
] as const;

type Props = { readonly view: OrganizationsView; readonly setView: SetView };

/** A page of the organizations under the filters in force. */
export function OrganizationsTable({ view, setView }: Props) {
  const { data, isStale } = useRegionQuery(OrganizationsPageDocument, variablesOf(view));
  const { nodes, pageInfo, totalCount } = data.organizations;
  const title = plural(totalCount, "organization");
  if (nodes.length === 0) {
    return (
      <Card title={title}>
        <Nothing view={view} setView={setView} />
      </Card>
    );
  }
  return (
    <Card title={title} flush>
      <Table caption="Organizations" columns={COLUMNS} sorting={sortingOf(view, setView)} isStale={isStale}>
        {nodes.map((organization) => (
          <OrganizationRow key={organization.id} organization={organization} />
        ))}
      </Table>
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={`${formatCount(nodes.length)} of ${title}`}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </Card>
  );
}

function Nothing({ view, setView }: Props) {
  const chips = chipsOf(view, setView);
  if (chips.length > 0) {
    return (
      <NoMatch title="No organization matches" icon={IconBuildingOff} onClear={() => setView(NO_FILTER)}>
        {chips.map(({ label }) => label).join(", ")}
      </NoMatch>
    );
  }
  if (view.after !== null) return <NothingFurther onFirst={() => setView({ after: null })} />;
  return <EmptyState title="No organization yet">Each one that signs up shows up here.</EmptyState>;
}
