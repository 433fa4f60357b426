import { useApolloClient } from "@apollo/client/react";
import { Modal, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { sessionGate } from "../../lib/session-gate";
import { useViewer } from "../../lib/viewer";
import { LogInForm } from "./LogInForm";

/** Lies over the page when the session ended; what was typed below stays, and the questions asked meanwhile are asked again. */
export function LogInDialog() {
  const { id, email } = useViewer();
  const client = useApolloClient();
  const isAsked = useSyncExternalStore(sessionGate.subscribe, sessionGate.isAsked);

  const resume = (userId: string) => {
    if (userId === id) return sessionGate.settle(true);
    // Somebody else: nothing on this page is theirs.
    void client.clearStore();
    window.location.assign("/");
  };

  return (
    <Modal
      opened={isAsked}
      onClose={() => sessionGate.settle(false)}
      title="Your session has ended"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text c="dimmed" mb="md">
        Log in again to go on where you are. What you typed is still there.
      </Text>
      <LogInForm email={email} onLoggedIn={resume} />
    </Modal>
  );
}
