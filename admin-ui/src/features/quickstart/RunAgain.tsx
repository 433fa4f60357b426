import { Button, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { firstEvent, recordRequest } from "../../lib/snippets";
import { Snippets } from "../../ui/Snippets";

type Props = { readonly secret: string | null; readonly idempotencyKey: string; readonly onAnother: () => void };

/** What the idempotency key is good for, tried by hand. */
export function RunAgain({ secret, idempotencyKey, onAnother }: Props) {
  const [shows, setShows] = useState(false);
  return (
    <Stack gap="sm">
      <Text fw={600}>Go on trying</Text>
      <List size="sm" spacing={6}>
        <List.Item>
          Run the same command again: the answer is DUPLICATE and nothing changes. Retries are always safe.
        </List.Item>
        <List.Item>
          Send other content under the same key, T2 instead of T1: the answer is CONFLICT, and it shows up above.{" "}
          <Button variant="subtle" size="compact-sm" onClick={() => setShows(!shows)} aria-expanded={shows}>
            {shows ? "Hide the command" : "Show the command"}
          </Button>
        </List.Item>
        <List.Item>
          Send one more event:{" "}
          <Button variant="subtle" size="compact-sm" onClick={onAnother}>
            Put a new key into step 2
          </Button>
        </List.Item>
      </List>
      {shows && (
        <Snippets
          request={recordRequest([firstEvent(idempotencyKey, "T2")])}
          origin={window.location.origin}
          secret={secret}
        />
      )}
    </Stack>
  );
}
