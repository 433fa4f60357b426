import { Code, Group, Stack, Text, Title } from "@mantine/core";
import type { WebhookDeliveryDetailQuery } from "../../gql/documents";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";

type Attempt = NonNullable<WebhookDeliveryDetailQuery["organization"]["webhookDelivery"]>["attempts"][number];

/** What came of each try, the last one first. */
export function DeliveryAttempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  return (
    <section aria-label="Tries">
      <Title order={3} mb="xs">
        Tries
      </Title>
      {attempts.length === 0 ? (
        <Text component="output" size="sm" c="dimmed">
          The first one is on its way.
        </Text>
      ) : (
        <Stack gap="md">
          {attempts.toReversed().map((attempt) => (
            <OneAttempt key={attempt.number} attempt={attempt} />
          ))}
        </Stack>
      )}
    </section>
  );
}

function OneAttempt({ attempt: { number, at, durationMs, status, headers, answer, error } }: { attempt: Attempt }) {
  return (
    <section aria-label={`Try ${number}`}>
      <Group gap="sm">
        <Status tone={error === null ? "good" : "bad"}>{status === null ? "No answer" : `Answered ${status}`}</Status>
        <Text size="sm" c="dimmed">
          Try {number}, <Instant at={at} as="exact" real />, {durationMs} ms
        </Text>
      </Group>
      {error !== null && error !== `Answered ${status}.` && (
        <Text size="sm" mt={2}>
          {error}
        </Text>
      )}
      {answer !== null && answer !== "" && <TextBlock label={`Answer to try ${number}`}>{answer}</TextBlock>}
      <details style={{ marginTop: 6 }}>
        <summary style={{ cursor: "pointer", fontSize: "var(--mantine-font-size-sm)" }}>Request headers</summary>
        <TextBlock label={`Headers of try ${number}`}>
          {headers.map(({ name, value }) => `${name}: ${value}`).join("\n")}
        </TextBlock>
      </details>
    </section>
  );
}

function TextBlock({ label, children }: { label: string; children: string }) {
  return (
    <section aria-label={label}>
      <Code block mt={4} style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {children}
      </Code>
    </section>
  );
}
