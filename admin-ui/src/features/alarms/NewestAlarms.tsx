import { Anchor } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import { HomeAlarmsDocument } from "../../gql/documents";
import { useTick } from "../../lib/clock";
import { formatInstant } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { AlarmList } from "./AlarmList";
import { alarmsUrl } from "./urls";

/** Dated good news. */
export function NoAlarms() {
  const now = useTick(60_000);
  return (
    <EmptyState title="No alarm is open" icon={IconCircleCheck}>
      As of {formatInstant(new Date(now).toISOString())}.
    </EmptyState>
  );
}

/** The newest open alarms, for the console's home. */
export function NewestAlarms() {
  const { nodes, pageInfo } = useRegionQuery(HomeAlarmsDocument, {}, { pollMs: 30_000 }).data.alarms;
  return (
    <Card
      title={nodes.length === 0 ? "No alarm is open" : "Open alarms"}
      actions={
        <Anchor component={Link} to={alarmsUrl(nodes.length === 0 ? { cleared: "1" } : {})} size="sm">
          {nodes.length === 0 ? "Cleared alarms" : pageInfo.hasNextPage ? "All alarms" : "Alarms"}
        </Anchor>
      }
      flush={nodes.length > 0}
    >
      {nodes.length === 0 ? <NoAlarms /> : <AlarmList alarms={nodes} />}
    </Card>
  );
}
