import { IconBell } from "@tabler/icons-react";
import { UsageAlertsDocument, type UsageAlertsQuery } from "../../gql/documents";
import { formatAmount } from "../../lib/money";
import { formatQuantity, formatWithUnit, meterName, unitOf } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { EmptyState } from "../../ui/EmptyState";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";

type Alert = UsageAlertsQuery["organization"]["usageAlerts"][number];

const COLUMNS = [
  { key: "what", label: "Reached" },
  { key: "stood", label: "As it stood", phone: "bare" },
  { key: "at", label: "When", phone: "bare" },
  { key: "period", label: "Period", phone: "first" },
] as const;

/** Which parts of allowances and of the cap were reached, newest first. */
export function AlertsList({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { data, isStale } = useRegionQuery(
    UsageAlertsDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 30_000 },
  );
  const { usageAlerts } = data.organization;
  if (usageAlerts.length === 0)
    return (
      <EmptyState title="No alert yet" icon={IconBell}>
        They are raised at 50, 80 and 100 % of each allowance and of the cap, once in a period each.
      </EmptyState>
    );
  return (
    <Table caption="Alerts" columns={COLUMNS} isStale={isStale}>
      {usageAlerts.map((alert) => (
        <Row key={alert.id} faded={!alert.current}>
          <Cell column="what" head>
            {alert.percent} % of {alert.subject === "spending_cap" ? "the spending cap" : meterName(alert.subject)}
          </Cell>
          <Cell column="stood">{stood(alert)}</Cell>
          <Cell column="at">
            <Instant at={alert.at} zone="UTC" />
          </Cell>
          <Cell column="period">
            <Status tone={alert.current ? (alert.percent === 100 ? "bad" : "warn") : "plain"}>
              {alert.current ? "This period" : "Earlier"}
            </Status>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function stood({ subject, used, limit }: Alert): string {
  if (subject !== "spending_cap") {
    const unit = unitOf(subject);
    return `${formatQuantity(used, unit)} of ${formatWithUnit(limit, unit)}`;
  }
  const dollars = (amount: string): string => formatAmount({ amount, currency: "USD" });
  return `${dollars(used)} of ${dollars(limit)}`;
}
