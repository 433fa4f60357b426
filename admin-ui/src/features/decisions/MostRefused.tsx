import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import type { AllUsageDecisionsQuery } from "../../gql/documents";
import { formatDecimal } from "../../lib/quantity";
import { Cell, Row, Table } from "../../ui/Table";
import { organizationUrl } from "../organizations/urls";

const COLUMNS = [
  { key: "name", label: "Organization" },
  { key: "allowed", label: "Allowed", numeric: true },
  { key: "refused", label: "Refused", numeric: true, phone: "first" },
] as const;

type Props = {
  readonly organizations: AllUsageDecisionsQuery["usageDecisions"]["mostRefused"];
  readonly isStale: boolean;
};

/** Who ran into limits: a larger plan, a higher cap or a word may help them. */
export function MostRefused({ organizations, isStale }: Props) {
  return (
    <Table caption="Organizations that were refused most often" columns={COLUMNS} isStale={isStale}>
      {organizations.map(({ organization: { id, name }, allowed, refused }) => (
        <Row key={id}>
          <Cell column="name" head>
            <Anchor component={Link} to={organizationUrl(id, "decisions")} fz="sm" fw={600}>
              {name}
            </Anchor>
          </Cell>
          <Cell column="allowed">{formatDecimal(allowed)}</Cell>
          <Cell column="refused">{formatDecimal(refused)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
