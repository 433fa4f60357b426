import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { UsageSummaryDocument, type UsageSummaryQuery } from "../../gql/documents";
import { isZero } from "../../lib/decimal";
import { formatPeriod } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { formatBytes, meterName } from "../../lib/quantity";
import { Card } from "../../ui/Card";
import { DataThrough } from "../../ui/DataThrough";
import { Money, Quantity } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Cell, Row, Table } from "../../ui/Table";
import { usageEventsUrl } from "./urls";

type MeterUsage = UsageSummaryQuery["organization"]["usage"]["meters"][number];

const COLUMNS = [
  { key: "meter", label: "Meter" },
  { key: "quantity", label: "Quantity", numeric: true },
  { key: "included", label: "Included", numeric: true },
  { key: "billable", label: "Billable", numeric: true },
  { key: "overLimit", label: "Over limit", numeric: true },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

type Props = {
  readonly organizationId?: string | undefined;
  readonly from?: string | null;
  readonly to?: string | null;
};

/** How much of what was used in a period, and how it was rated. */
export function UsageSummary({ organizationId, from = null, to = null }: Props) {
  const { data, isStale, silentSince } = useRegionQuery(
    UsageSummaryDocument,
    { organizationId: organizationId ?? null, from, to },
    { pollMs: 30_000 },
  );
  const { periodStart, periodEnd, meters, total, asOf } = data.organization.usage;
  return (
    <Card
      title="By meter"
      flush
      description={
        <>
          {formatPeriod(periodStart, periodEnd)}. Data through <Instant at={asOf} as="exact" />
          <DataThrough silentSince={silentSince} />
        </>
      }
      actions={
        <Text fw={600}>
          Total <Money value={total} as="brief" />
        </Text>
      }
    >
      <Table caption="Usage by meter" columns={COLUMNS} isStale={isStale}>
        {meters.map((usage) => (
          <MeterRow key={usage.meter} usage={usage} organizationId={organizationId} />
        ))}
      </Table>
    </Card>
  );
}

function MeterRow({ usage, organizationId }: { usage: MeterUsage; organizationId: string | undefined }) {
  const { meter, unit, quantity, included, billable, overLimit, amount, credit, estimated, currentBytes } = usage;
  return (
    <Row>
      <Cell column="meter" head>
        <Anchor component={Link} to={usageEventsUrl(organizationId, { meter })} fz="sm" fw={600}>
          {meterName(meter)}
        </Anchor>
        {currentBytes !== null && (
          <Text size="xs" c="dimmed">
            {formatBytes(currentBytes)} stored now
          </Text>
        )}
      </Cell>
      <Cell column="quantity">
        <Quantity value={quantity} unit={unit} estimated={estimated} />
      </Cell>
      <Cell column="included">
        <Quantity value={included} unit={unit} />
      </Cell>
      <Cell column="billable">
        <Quantity value={billable} unit={unit} />
      </Cell>
      <Cell column="overLimit">{isZero(overLimit) ? "None" : <Quantity value={overLimit} unit={unit} />}</Cell>
      <Cell column="amount">
        <Money value={amount} as="exact" estimated={estimated} />
        {!isZero(credit.amount) && (
          <Text size="xs" c="dimmed">
            and <Money value={credit} as="exact" /> given back
          </Text>
        )}
      </Cell>
    </Row>
  );
}
