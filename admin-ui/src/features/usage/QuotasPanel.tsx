import { Group, SimpleGrid, Text } from "@mantine/core";
import { QuotasPanelDocument, type QuotasPanelQuery } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { meterName } from "../../lib/quantity";
import { Instant } from "../../ui/Instant";
import { Meter } from "../../ui/Meter";
import { Status } from "../../ui/Status";
import { quotaWords } from "./quota-words";

type Quota = QuotasPanelQuery["organization"]["quotas"][number];

/** What the plan includes, what is left of it, and when it starts anew. */
export function QuotasPanel({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { data } = useRegionQuery(QuotasPanelDocument, { organizationId: organizationId ?? null }, { pollMs: 30_000 });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
      {data.organization.quotas.map((quota) => (
        <QuotaBar key={quota.meter} quota={quota} />
      ))}
    </SimpleGrid>
  );
}

function QuotaBar({ quota }: { quota: Quota }) {
  const { used, left, share } = quotaWords(quota);
  const name = meterName(quota.meter);
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={6}>
        <Text fw={600} component="h3" fz="md">
          {name}
        </Text>
        {share !== null && share >= 1 && <Status tone="warn">{share > 1 ? "Past the allowance" : "Used up"}</Status>}
        {share !== null && share >= 0.8 && share < 1 && <Status tone="warn">Nearly used</Status>}
      </Group>
      {share !== null && (
        <Meter
          label={name}
          text={`${used} used`}
          share={share}
          estimated={quota.estimated}
          hard={quota.limitKind === "HARD"}
        />
      )}
      <Text size="sm" mt={6}>
        {used}
        {share === null && " used"}
        {quota.estimated && " (est. until the period closes)"}
      </Text>
      <Text size="sm" c="dimmed">
        {left}. Resets <Instant at={quota.resetAt} zone="UTC" />
      </Text>
    </div>
  );
}
