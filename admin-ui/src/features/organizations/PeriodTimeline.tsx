import { Anchor, Button, Group, Text, Timeline } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { PeriodTimelineDocument, type PeriodTimelineQuery } from "../../gql/documents";
import { formatPeriod } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { usageUrl } from "../usage/urls";

type Period = PeriodTimelineQuery["organization"]["billingPeriods"][number];

const SHOWN = 4;

/** The billing periods of an organization, newest first, down to its sign-up; each leads to its usage. */
export function PeriodTimeline({ organizationId }: { readonly organizationId: string }) {
  const { data } = useRegionQuery(PeriodTimelineDocument, { organizationId });
  const [all, setAll] = useState(false);
  const { billingPeriods, createdAt } = data.organization;
  const shown = all ? billingPeriods : billingPeriods.slice(0, SHOWN);
  const hidden = billingPeriods.length - shown.length;

  return (
    <Card title="Billing periods" description="In UTC, newest first">
      <Timeline bulletSize={14} lineWidth={2} active={0}>
        {shown.map((period) => (
          <Timeline.Item key={period.id} title={<PeriodTitle period={period} />}>
            <Text size="sm" c="dimmed">
              {period.plan.name}, version {period.plan.version}
              {". "}
              <Anchor
                component={Link}
                to={usageUrl(organizationId, period.open ? {} : { period: period.id })}
                size="sm"
                underline="always"
                aria-label={`Usage of ${formatPeriod(period.start, period.end)}`}
              >
                Usage
              </Anchor>
            </Text>
          </Timeline.Item>
        ))}
        {hidden === 0 && (
          <Timeline.Item
            title={
              <Text span size="sm" fw={600}>
                Signed up
              </Text>
            }
          >
            <Text size="sm" c="dimmed">
              <Instant at={createdAt} zone="UTC" />
            </Text>
          </Timeline.Item>
        )}
      </Timeline>
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => setAll(true)}>
          {hidden === 1 ? "One earlier period" : `${hidden} earlier periods`}
        </Button>
      )}
    </Card>
  );
}

function PeriodTitle({ period: { start, end, open, trial } }: { period: Period }) {
  return (
    <Group gap="sm">
      <Text span size="sm" fw={600}>
        {formatPeriod(start, end)}
      </Text>
      {open && <Status tone="good">Running</Status>}
      {trial && <Status tone="info">Trial</Status>}
    </Group>
  );
}
