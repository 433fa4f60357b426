import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { UpcomingInvoiceDocument } from "../../gql/documents";
import { formatInstant } from "../../lib/instant";
import { useRegionQuery } from "../../lib/query";
import { Card } from "../../ui/Card";
import { Money } from "../../ui/Figures";
import { upcomingInvoiceUrl } from "./urls";
import { NothingDue, UpcomingSum } from "./UpcomingParts";

/** The bill so far on a card: the total and its lines, leading to the whole. */
export function UpcomingBrief({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { data } = useRegionQuery(
    UpcomingInvoiceDocument,
    { organizationId: organizationId ?? null },
    { pollMs: 30_000 },
  );
  const { upcomingInvoice: preview, subscription } = data.organization;
  if (!preview || preview.lines.length === 0) return <NothingDue status={subscription.status} />;
  return (
    <Card
      title="The bill so far"
      description={`Charged ${formatInstant(preview.dueAt)}`}
      actions={<UpcomingSum preview={preview} />}
    >
      <Stack gap={6}>
        {preview.lines.map(({ id, description, amount, estimated }) => (
          <Group key={id} justify="space-between" gap="sm" wrap="nowrap" align="baseline">
            <Text size="sm">{description}</Text>
            <Text size="sm">
              <Money value={amount} estimated={estimated} />
            </Text>
          </Group>
        ))}
        <Anchor component={Link} to={upcomingInvoiceUrl(organizationId)} size="sm" mt={6}>
          See the upcoming invoice
        </Anchor>
      </Stack>
    </Card>
  );
}
