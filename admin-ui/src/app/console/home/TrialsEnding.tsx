import { Anchor, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { Link } from "react-router";
import { organizationsUrl, organizationUrl } from "../../../features/organizations/urls";
import { HomeTrialsDocument } from "../../../gql/documents";
import { useTick } from "../../../lib/clock";
import { formatTimeLeft } from "../../../lib/instant";
import { plural } from "../../../lib/quantity";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { Instant } from "../../../ui/Instant";
import { Cell, Row, Table } from "../../../ui/Table";
import { endingSoon } from "./trials";

const COLUMNS = [
  { key: "name", label: "Organization" },
  { key: "ends", label: "Trial ends" },
  { key: "left", label: "Left", numeric: true, phone: "first" },
] as const;

const SHOWN = 5;

/** The trials that end within 7 days. */
export function TrialsEnding() {
  const { data } = useRegionQuery(HomeTrialsDocument, {}, { pollMs: 30_000 });
  const now = useTick(60_000);
  const { nodes, totalCount } = data.organizations;
  const ending = endingSoon(nodes, now);
  const title =
    ending.length === 0
      ? "No trial ends within 7 days"
      : `${plural(ending.length, "trial")} end${ending.length === 1 ? "s" : ""} within 7 days`;
  // The list can be asked for by creation only; beyond a page of trials the answer is a part of it.
  const isPartial = totalCount > nodes.length;

  return (
    <Card
      title={title}
      description={
        isPartial
          ? `Of the ${nodes.length} oldest of ${totalCount} trials`
          : `${plural(totalCount, "organization")} on trial in all`
      }
      actions={
        <Anchor component={Link} to={organizationsUrl({ status: "TRIALING" })} size="sm">
          All trials
        </Anchor>
      }
      flush={ending.length > 0}
    >
      {ending.length === 0 ? (
        <EmptyState title="Nothing to follow up" icon={IconHourglass} />
      ) : (
        <Table caption="Trials that end within 7 days" columns={COLUMNS}>
          {ending.slice(0, SHOWN).map(({ id, name, endsAt }) => (
            <Row key={id}>
              <Cell column="name" head>
                <Anchor component={Link} to={organizationUrl(id)} fz="sm" fw={600}>
                  {name}
                </Anchor>
              </Cell>
              <Cell column="ends">
                <Instant at={endsAt} zone="UTC" />
              </Cell>
              <Cell column="left">
                <Text span size="sm">
                  {formatTimeLeft(endsAt, now)}
                </Text>
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  );
}
