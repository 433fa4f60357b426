import { Button, NativeSelect } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { Link } from "react-router";
import { UsageByDayDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { METERS, meterName } from "../../lib/quantity";
import { quickstartUrl } from "../quickstart/urls";
import { ChartCard } from "../../ui/ChartCard";
import { Card } from "../../ui/Card";
import { ColumnChart } from "../../ui/ColumnChart";
import { EmptyState } from "../../ui/EmptyState";
import { columnsOf, findingOf, seriesOf } from "./usage-days";
import { UsageDaysTable } from "./UsageDaysTable";

type Props = {
  readonly organizationId?: string | undefined;
  /** The current period, unless another range is named; the end is outside it. */
  readonly from?: string | null;
  readonly to?: string | null;
  readonly meter: string;
  readonly onMeter: (meter: string) => void;
};

/** One meter day by day, as columns or as a table. Days are UTC days. */
export function UsageByDay({ organizationId, from = null, to = null, meter, onMeter }: Props) {
  const { data } = useRegionQuery(
    UsageByDayDocument,
    { organizationId: organizationId ?? null, from, to },
    { pollMs: 30_000 },
  );
  const days = data.organization.usageByDay;
  if (days.length === 0) {
    return (
      <Card title="Usage by day">
        <EmptyState
          title="No usage in this time"
          icon={IconChartBar}
          action={organizationId === undefined && <SendFirst />}
        >
          Each event shows up here within a second of its arrival.
        </EmptyState>
      </Card>
    );
  }

  const finding = findingOf(days, meter);
  return (
    <ChartCard
      title={finding}
      description={`${meterName(meter)} by UTC day${meter === "generations" ? " and complexity" : ""}`}
      controls={<MeterSelect value={meter} onChange={onMeter} />}
      chart={<ColumnChart columns={columnsOf(days, meter)} series={seriesOf(meter)} summary={finding} />}
      table={<UsageDaysTable days={days} meter={meter} />}
    />
  );
}

function SendFirst() {
  return (
    <Button component={Link} to={quickstartUrl()} variant="default" mt="xs">
      Send an event
    </Button>
  );
}

function MeterSelect({ value, onChange }: { value: string; onChange: (meter: string) => void }) {
  return (
    <NativeSelect
      size="xs"
      aria-label="Meter"
      value={value}
      data={METERS.map((meter) => ({ value: meter, label: meterName(meter) }))}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
