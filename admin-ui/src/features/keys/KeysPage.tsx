import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { MayButton } from "../../ui/MayButton";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { CreateKeyDialog } from "./CreateKeyDialog";
import { KeysPanel } from "./KeysPanel";
import { type NewKey, SecretDialog } from "./SecretDialog";

/** The keys by which services speak to the API. */
export function KeysPage() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [created, setCreated] = useState<NewKey | null>(null);
  const create = (
    <MayButton permission="keys:write" onClick={open}>
      Create an API key
    </MayButton>
  );
  return (
    <Page title="API keys" state="How your services speak to the API. Each may only what you allow." actions={create}>
      <Region name="The API keys">
        <KeysPanel empty={create} />
      </Region>
      <CreateKeyDialog
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
