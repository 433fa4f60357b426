import { Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { MayButton } from "../../ui/MayButton";
import { Region } from "../../ui/Region";
import { AgreePlanForm } from "./AgreePlanForm";

/** Puts a customer on a plan at a price that was agreed with them. */
export function AgreePlan({ organizationId }: { readonly organizationId: string }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <MayButton permission="staff:money" onClick={open}>
        Agree a plan
      </MayButton>
      <Modal opened={isOpen} onClose={close} title="Agree a plan" closeButtonProps={{ "aria-label": "Close" }}>
        <Region name="The plans">
          <AgreePlanForm organizationId={organizationId} onClose={close} />
        </Region>
      </Modal>
    </>
  );
}
