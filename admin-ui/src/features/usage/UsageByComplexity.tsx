import { UsageSummaryDocument } from "../../gql/documents";
import { compareDecimals, shareOf, sumDecimals } from "../../lib/decimal";
import { useRegionQuery } from "../../lib/query";
import { formatPercent } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Money, Quantity } from "../../ui/Figures";
import { Cell, Row, Table } from "../../ui/Table";
import classes from "./UsageByComplexity.module.css";

const COLUMNS = [
  { key: "complexity", label: "Complexity" },
  { key: "share", label: "Share" },
  { key: "quantity", label: "Generations", numeric: true },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

type Props = {
  readonly organizationId?: string | undefined;
  readonly from?: string | null;
  readonly to?: string | null;
};

/** Generations by complexity, the most used first. */
export function UsageByComplexity({ organizationId, from = null, to = null }: Props) {
  const { data } = useRegionQuery(UsageSummaryDocument, { organizationId: organizationId ?? null, from, to });
  const generations = data.organization.usage.meters.find(({ meter }) => meter === "generations");
  const levels = (generations?.byComplexity ?? []).toSorted((a, b) => compareDecimals(b.quantity, a.quantity));
  const most = levels[0];
  if (!most) {
    return (
      <Card title="By complexity">
        <EmptyState title="No generations in this time" />
      </Card>
    );
  }

  const all = sumDecimals(levels.map(({ quantity }) => quantity));
  return (
    <Card title={`Most generations were ${most.complexity} (${formatPercent(shareOf(most.quantity, all))})`} flush>
      <Table caption="Generations by complexity" columns={COLUMNS}>
        {levels.map(({ complexity, quantity, amount }) => (
          <Row key={complexity}>
            <Cell column="complexity" head>
              {complexity}
            </Cell>
            <Cell column="share">
              <span className={classes.share}>
                <span className={classes.track} aria-hidden>
                  <span
                    className={classes.bar}
                    style={{
                      width: `${shareOf(quantity, most.quantity) * 100}%`,
                      background: `var(--qlp-${complexity.toLowerCase()})`,
                    }}
                  />
                </span>
                {formatPercent(shareOf(quantity, all))}
              </span>
            </Cell>
            <Cell column="quantity">
              <Quantity value={quantity} />
            </Cell>
            <Cell column="amount">
              <Money value={amount} as="exact" />
            </Cell>
          </Row>
        ))}
      </Table>
    </Card>
  );
}
