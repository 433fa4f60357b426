import { Anchor } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { Link } from "react-router";
import { organizationsUrl, organizationUrl } from "../../../features/organizations/urls";
import { HomeOverageDocument } from "../../../gql/documents";
import { isZero } from "../../../lib/decimal";
import { useRegionQuery } from "../../../lib/query";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { Money } from "../../../ui/Figures";
import { Cell, Row, Table } from "../../../ui/Table";
import { countedOverage } from "../organizations/allowance-words";

const COLUMNS = [
  { key: "name", label: "Organization" },
  { key: "plan", label: "Plan", phone: "bare" },
  { key: "overage", label: "Overage so far", numeric: true, phone: "first" },
] as const;

/** Who pays most past the allowance in the period that runs: a larger plan may suit them. */
export function MostOverage() {
  const { data } = useRegionQuery(HomeOverageDocument, {}, { pollMs: 30_000 });
  const rows = data.organizations.nodes
    .map((node) => ({ ...node, overage: countedOverage(node.usage.meters) }))
    .filter(({ overage }) => !isZero(overage.amount));

  return (
    <Card
      title="Most overage in the running period"
      description="Generations, API calls and compute past the allowance"
      actions={
        <Anchor component={Link} to={organizationsUrl({ sort: "OVERAGE" })} size="sm">
          All by overage
        </Anchor>
      }
      flush={rows.length > 0}
    >
      {rows.length === 0 ? (
        <EmptyState title="Nobody is past an allowance" icon={IconReceipt} />
      ) : (
        <Table caption="Organizations with the most overage" columns={COLUMNS}>
          {rows.map(({ id, name, subscription, overage }) => (
            <Row key={id}>
              <Cell column="name" head>
                <Anchor component={Link} to={organizationUrl(id)} fz="sm" fw={600}>
                  {name}
                </Anchor>
              </Cell>
              <Cell column="plan">{subscription.plan.name}</Cell>
              <Cell column="overage">
                <Money value={overage} as="brief" />
              </Cell>
            </Row>
          ))}
        </Table>
      )}
    </Card>
  );
}
