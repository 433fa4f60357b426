import { Stack } from "@mantine/core";
import { useState } from "react";
import { newIdempotencyKey } from "../../lib/snippets";
import { Page } from "../../ui/Page";
import { Region } from "../../ui/Region";
import { KeyStep } from "./KeyStep";
import { SendStep } from "./SendStep";
import { WatchStep } from "./WatchStep";

/** From nothing to the first event in three steps, each of which ticks itself. */
export function QuickstartPage() {
  // The secret lives in memory, as long as this page is open: never in the URL, in storage or in a log.
  const [secret, setSecret] = useState<string | null>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const [hasArrived, setArrived] = useState(false);

  return (
    <Page title="Quickstart" state="Send the first event from your terminal and watch it arrive.">
      <Stack component="ol" gap="lg" p={0} m={0} style={{ listStyle: "none" }}>
        <Region name="The key">
          <KeyStep secret={secret} onSecret={setSecret} />
        </Region>
        <SendStep secret={secret} idempotencyKey={idempotencyKey} isDone={hasArrived} />
        <Region name="The live view">
          <WatchStep
            secret={secret}
            idempotencyKey={idempotencyKey}
            onArrived={() => setArrived(true)}
            onAnother={() => setIdempotencyKey(newIdempotencyKey())}
          />
        </Region>
      </Stack>
    </Page>
  );
}
