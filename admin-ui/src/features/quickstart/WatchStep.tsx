import { Anchor, Button, Group, List, Loader, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { QuickstartWatchDocument } from "../../gql/documents";
import { useRealTick } from "../../lib/clock";
import { useRegionQuery } from "../../lib/query";
import { DataThrough } from "../../ui/DataThrough";
import { usageEventsUrl } from "../usage/urls";
import { Arrival, Refusal } from "./Arrivals";
import { RunAgain } from "./RunAgain";
import { Step } from "./Step";

type Props = {
  readonly secret: string | null;
  readonly idempotencyKey: string;
  readonly onArrived: () => void;
  readonly onAnother: () => void;
};

const POLL_MS = 2_000;
const SILENCE_MS = 30_000;

/** Listens, and shows what arrives by itself: events, and attempts that were refused. */
export function WatchStep({ secret, idempotencyKey, onArrived, onAnother }: Props) {
  const { data, silentSince } = useRegionQuery(QuickstartWatchDocument, {}, { pollMs: POLL_MS });
  const { usageEvents, rejectedUsage } = data.organization;
  // What was there when the page opened is not news.
  const [known] = useState(() => new Set([...usageEvents.nodes, ...rejectedUsage.nodes].map(({ id }) => id)));
  const events = usageEvents.nodes.filter(({ id }) => !known.has(id));
  const refusals = rejectedUsage.nodes.filter(({ id }) => !known.has(id));
  const hasArrived = events.length > 0;
  useEffect(() => {
    if (hasArrived) onArrived();
  }, [hasArrived, onArrived]);

  return (
    <Step number={3} title="Watch it arrive" isDone={hasArrived}>
      <Stack gap="md">
        <output>
          {!hasArrived && refusals.length === 0 && (
            <Group gap="sm">
              <Loader size="sm" type="dots" aria-hidden />
              <Text>Listening. The event shows up here by itself.</Text>
            </Group>
          )}
          <Stack gap="sm">
            {events.map((event) => (
              <Arrival key={event.id} event={event} />
            ))}
            {refusals.map((refusal) => (
              <Refusal key={refusal.id} refusal={refusal} />
            ))}
          </Stack>
        </output>
        <DataThrough silentSince={silentSince} />
        {!hasArrived && <AfterSilence />}
        {hasArrived && <RunAgain secret={secret} idempotencyKey={idempotencyKey} onAnother={onAnother} />}
        {hasArrived && (
          <Button
            component={Link}
            to={usageEventsUrl(undefined, { live: "1" })}
            variant="default"
            style={{ alignSelf: "flex-start" }}
          >
            Go on to the live events
          </Button>
        )}
      </Stack>
    </Step>
  );
}

/** What cannot be seen from here, for who has waited for half a minute. */
function AfterSilence() {
  const now = useRealTick(5_000);
  const [since] = useState(now);
  if (now - since < SILENCE_MS) return null;
  return (
    <div>
      <Text fw={600} size="sm">
        Nothing yet? What we cannot see from here:
      </Text>
      <List size="sm" mt={4} spacing={4}>
        <List.Item>The command reached another host. It has to be {window.location.origin}.</List.Item>
        <List.Item>The key is unknown, revoked or cut off: the answer in your terminal says UNAUTHENTICATED.</List.Item>
        <List.Item>
          The key may not send usage: the answer says FORBIDDEN. Make one with "Send usage" in step 1.
        </List.Item>
        <List.Item>The request is malformed: the answer says BAD_USER_INPUT, and where.</List.Item>
      </List>
      <Anchor component={Link} to={usageEventsUrl(undefined, { tab: "rejected" })} size="sm">
        Earlier rejected attempts
      </Anchor>
    </div>
  );
}
