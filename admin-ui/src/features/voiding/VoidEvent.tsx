import { Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { VoidEventDocument } from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { MayButton } from "../../ui/MayButton";
import { VoidDialog } from "./VoidDialog";

type Props = { readonly organizationId: string; readonly id: string };

/** Takes a wrong event back, for those who may change what is billed. */
export function VoidEvent({ organizationId, id }: Props) {
  const { data } = useRegionQuery(VoidEventDocument, { organizationId, id });
  const [isOpen, { open, close }] = useDisclosure(false);
  const { usageEvent: event, subscription } = data.organization;
  return (
    <Group mt="lg" className="qlp-no-print">
      {event.voidedAt === null && (
        <MayButton permission="staff:money" variant="default" onClick={open}>
          Void this event
        </MayButton>
      )}
      <VoidDialog
        opened={isOpen}
        onClose={close}
        organizationId={organizationId}
        event={event}
        currentPeriodStart={subscription.currentPeriodStart}
      />
    </Group>
  );
}
