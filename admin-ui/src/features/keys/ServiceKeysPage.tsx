import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CreateServiceKeyDialog } from "./CreateServiceKeyDialog";
import { type NewKey, SecretDialog } from "./SecretDialog";
import { ServiceKeysPanel } from "./ServiceKeysPanel";

/** How QLP's own services speak to the API for every organization. */
export function ServiceKeysPage() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [created, setCreated] = useState<NewKey | null>(null);
  const create = (
    <MayButton permission="staff:platform" onClick={open}>
      Create a service key
    </MayButton>
  );
  return (
    <Page
      title="Service keys"
      state="How QLP's own services speak to the API. Such a key acts for every organization, and names it in each call."
      actions={create}
    >
      <Region name="The service keys">
        <ServiceKeysPanel empty={create} />
      </Region>
      <CreateServiceKeyDialog
        opened={isOpen}
        onClose={close}
        onCreated={(key) => {
          close();
          setCreated(key);
        }}
      />
      <SecretDialog created={created} onClose={() => setCreated(null)} />
    </Page>
  );
}
