import { SegmentedControl } from "@mantine/core";
import { AlarmsDocument } from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { flag, maybeText, pageSize, useUrlState } from "../../lib/url-state";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Page } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Region } from "../../ui/Region";
import { TableSkeleton } from "../../ui/Skeletons";
import { AlarmList } from "./AlarmList";
import { NoAlarms } from "./NewestAlarms";

const URL_SPEC = { cleared: flag(), after: maybeText(), size: pageSize() };

/** What staff must look at, and what was seen to. */
export function AlarmsPage() {
  const { view, setView, ignored } = useUrlState(URL_SPEC);
  return (
    <Page title="Alarms" state="What must be looked at. The same matter is one alarm until it is cleared.">
      <IgnoredParameters names={ignored} />
      <div>
        <SegmentedControl
          aria-label="Which alarms"
          data={[
            { value: "open", label: "Open" },
            { value: "cleared", label: "Cleared" },
          ]}
          value={view.cleared ? "cleared" : "open"}
          onChange={(value) => setView({ cleared: value === "cleared" })}
        />
      </div>
      <Card title={view.cleared ? "Cleared alarms" : "Open alarms"} description="Newest first" flush>
        <Region name="The alarms" skeleton={<TableSkeleton />}>
          <Alarms view={view} setView={setView} />
        </Region>
      </Card>
    </Page>
  );
}

function Alarms({ view, setView }: Pick<ReturnType<typeof useUrlState<typeof URL_SPEC>>, "view" | "setView">) {
  const variables = { first: view.size, after: view.after, open: !view.cleared };
  const { nodes, pageInfo } = useRegionQuery(AlarmsDocument, variables, { pollMs: 30_000 }).data.alarms;
  if (nodes.length === 0) return view.cleared ? <EmptyState title="No alarm was cleared yet" /> : <NoAlarms />;
  return (
    <>
      <AlarmList alarms={nodes} />
      <Pager
        pageInfo={pageInfo}
        after={view.after}
        size={view.size}
        count={plural(nodes.length, "alarm")}
        onPage={(after, state) => setView({ after }, { state })}
        onSize={(size) => setView({ size })}
      />
    </>
  );
}
