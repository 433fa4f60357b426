import { Stack, Text } from "@mantine/core";
import { IconReceiptOff } from "@tabler/icons-react";
import type { SubscriptionStatus } from "../../gql/documents";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Money } from "../../ui/Figures";
import type { Preview } from "./upcoming-view";

/** The total, and whether it can still change. */
export function UpcomingSum({ preview }: { preview: Preview }) {
  const isEstimated = preview.lines.some(({ estimated }) => estimated);
  return (
    <Stack gap={0} align="flex-start">
      <Text fz="xl" fw={650}>
        <Money value={preview.total} estimated={isEstimated} />
      </Text>
      <Text size="xs" c="dimmed">
        as of now
      </Text>
    </Stack>
  );
}

/** Free plans and trials have nothing to come. */
export function NothingDue({ status }: { status: SubscriptionStatus }) {
  return (
    <Card title="The bill so far">
      <EmptyState title="Nothing will be billed" icon={IconReceiptOff}>
        {status === "TRIALING"
          ? "Usage during the trial is recorded and rated at zero."
          : "This plan has no fee and bills nothing past its allowance."}
      </EmptyState>
    </Card>
  );
}
