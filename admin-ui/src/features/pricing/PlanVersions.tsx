import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { CatalogRow_VersionFragmentDoc, type CatalogRow_VersionFragment } from "../../gql/documents";
import { formatCount } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Cell, Row, Table } from "../../ui/Table";
import { planUrl } from "./urls";

const COLUMNS = [
  { key: "version", label: "Version" },
  { key: "published", label: "Published" },
  { key: "price", label: "A month", numeric: true },
  { key: "subscribers", label: "Subscribers", numeric: true, phone: "first" },
] as const;

type VersionRef = { readonly id: string } & FragmentType<CatalogRow_VersionFragment>;

type Props = {
  readonly versions: readonly VersionRef[];
  /** The one whose terms stand below. */
  readonly shown: string;
};

/** All published versions, newest first; the first column shows its terms. */
export function PlanVersions({ versions, shown }: Props) {
  return (
    <Card title="Versions" description="What was published never changes." flush>
      <Table caption="Versions of the plan" columns={COLUMNS}>
        {versions.map((version) => (
          <VersionRow key={version.id} version={version} isShown={version.id === shown} />
        ))}
      </Table>
    </Card>
  );
}

function VersionRow({ version: from, isShown }: { version: VersionRef; isShown: boolean }) {
  const { data, complete } = useFragment({ fragment: CatalogRow_VersionFragmentDoc, from });
  if (!complete) return null;
  return (
    <Row marked={isShown}>
      <Cell column="version" head>
        <Anchor
          component={Link}
          to={planUrl(data.plan.code, data.number)}
          preventScrollReset
          aria-current={isShown || undefined}
          fz="sm"
          fw={600}
        >
          Version {data.number}
        </Anchor>
      </Cell>
      <Cell column="published">
        <Instant at={data.publishedAt} zone="UTC" />
      </Cell>
      <Cell column="price">
        {data.plan.monthlyPriceIsMinimum && "from "}
        <Money value={data.plan.monthlyPrice} />
      </Cell>
      <Cell column="subscribers">{formatCount(data.subscriberCount)}</Cell>
    </Row>
  );
}
