import { Modal } from "@mantine/core";
import { useState } from "react";
import { useLast } from "../../ui/use-last";
import { type NewKey, SecretOnce } from "./SecretOnce";

/** Shows a new secret over the page. Closing before copying asks once. */
export function SecretDialog({ created, onClose }: { readonly created: NewKey | null; readonly onClose: () => void }) {
  const shown = useLast(created);
  return shown && <Dialog key={shown.secret} created={shown} opened={created !== null} onClose={onClose} />;
}

function Dialog({ created, opened, onClose }: { created: NewKey; opened: boolean; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const close = () => {
    if (isCopied || warned) return onClose();
    setWarned(true);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={`The secret of ${created.name}`}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <SecretOnce
        created={created}
        onCopied={() => setCopied(true)}
        onDone={warned ? onClose : close}
        warned={warned && !isCopied}
      />
    </Modal>
  );
}
