import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import {
  CatalogPageDocument,
  CatalogRow_VersionFragmentDoc,
  type CatalogRow_VersionFragment,
} from "../../gql/documents";
import { formatCount, plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Cell, Row, Table } from "../../ui/Table";
import { LIMIT_KINDS } from "./plan-terms-words";
import { planUrl } from "./urls";

const COLUMNS = [
  { key: "plan", label: "Plan" },
  { key: "version", label: "Version", numeric: true },
  { key: "price", label: "A month", numeric: true, phone: "first" },
  { key: "past", label: "Past the allowance" },
  { key: "subscribers", label: "On this version", numeric: true },
  { key: "older", label: "On older ones", numeric: true },
  { key: "published", label: "Published", phone: "none" },
] as const;

type VersionRef = { readonly id: string } & FragmentType<CatalogRow_VersionFragment>;

/** The newest version of each plan, and who is on which. */
export function CatalogTable() {
  const { data } = useRegionQuery(CatalogPageDocument, {});
  const plans = [data.free, data.starter, data.professional, data.enterprise];
  return (
    <Card title={plural(plans.length, "plan")} flush>
      <Table caption="Plans" columns={COLUMNS}>
        {plans.map(
          (versions) => versions[0] && <PlanRow key={versions[0].id} newest={versions[0]} versions={versions} />,
        )}
      </Table>
    </Card>
  );
}

function PlanRow({ newest: from, versions }: { newest: VersionRef; versions: readonly VersionRef[] }) {
  const { data: newest, complete } = useFragment({ fragment: CatalogRow_VersionFragmentDoc, from });
  const all = useFragment({ fragment: CatalogRow_VersionFragmentDoc, from: [...versions] });
  if (!complete || !all.complete) return null;
  const { plan, number, publishedAt, subscriberCount } = newest;
  const subscribers = all.data.reduce((sum, version) => sum + version.subscriberCount, 0);
  return (
    <Row>
      <Cell column="plan" head>
        <Anchor component={Link} to={planUrl(plan.code)} fz="sm" fw={600}>
          {plan.name}
        </Anchor>
      </Cell>
      <Cell column="version">{number}</Cell>
      <Cell column="price">
        {plan.monthlyPriceIsMinimum && "from "}
        <Money value={plan.monthlyPrice} />
      </Cell>
      <Cell column="past">{LIMIT_KINDS[plan.limitKind]}</Cell>
      <Cell column="subscribers">{formatCount(subscriberCount)}</Cell>
      <Cell column="older">{formatCount(subscribers - subscriberCount)}</Cell>
      <Cell column="published">
        <Instant at={publishedAt} as="day" zone="UTC" />
      </Cell>
    </Row>
  );
}
