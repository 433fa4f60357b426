import { Code, List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { UsageEventDetailDocument } from "../../gql/documents";
import { formatDigits } from "../../lib/money";
import { useRegionQuery } from "../../lib/query";
import { formatBytes, formatCount, formatDecimal, formatWithUnit, meterName } from "../../lib/quantity";
import { CopyText } from "../../ui/CopyText";
import { Facts } from "../../ui/Facts";
import { Money } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Notice } from "../../ui/Notice";
import { Status } from "../../ui/Status";
import { EventLedger } from "./EventLedger";
import { type DetailedEvent, type MeterRating, ratingSteps } from "./rating-steps";
import { ACTIONS, RATINGS } from "./words";

type Props = {
  readonly organizationId: string | undefined;
} & (
  | { readonly id: string; readonly idempotencyKey?: undefined }
  | { readonly id?: undefined; readonly idempotencyKey: string }
);

/** One event: its amount explained step by step, then all that was sent. */
export function UsageEventDetail({ organizationId, ...named }: Props) {
  const { data } = useRegionQuery(UsageEventDetailDocument, {
    organizationId: organizationId ?? null,
    id: named.id ?? null,
    idempotencyKey: named.idempotencyKey ?? null,
  });
  const event = data.organization.usageEvent;
  const { label, tone, meaning } = RATINGS[event.rating];
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} fz="xl">
          <Money value={event.amount} as="exact" />
        </Title>
        <Text mt={6}>
          <Status tone={tone}>{label}</Status> {meaning}
        </Text>
      </div>
      {event.voidedAt && (
        <Notice tone="info" title="Voided">
          <Instant at={event.voidedAt} />
          {event.voidReason && `: ${event.voidReason}`}
        </Notice>
      )}
      {event.late && (
        <Notice tone="info" title="Late">
          The period it happened in was closed when it came, so it counts in the one that was open.
        </Notice>
      )}
      <section aria-label="How the amount came about">
        <Title order={3} mb="xs">
          How the amount came about
        </Title>
        {event.ratings.length === 0 ? (
          <Text c="dimmed">
            {event.action === "STORAGE"
              ? "The level stands until it is changed; storage is rated over the whole period, not by the event."
              : "It feeds no meter that is billed by the event."}
          </Text>
        ) : (
          <Stack gap="md">
            {event.ratings.map((rating) => (
              <RatingSteps key={rating.meter} rating={rating} event={event} />
            ))}
          </Stack>
        )}
      </section>
      <EventLedger event={event} organizationId={organizationId} />
      <section aria-label="What was sent">
        <Title order={3} mb="xs">
          What was sent
        </Title>
        <Facts facts={factsOf(event)} />
      </section>
    </Stack>
  );
}

function RatingSteps({ rating, event }: { rating: MeterRating; event: DetailedEvent }) {
  return (
    <div>
      <Text fw={600}>
        {meterName(rating.meter)}: <Money value={rating.amount} as="exact" />
      </Text>
      <List type="ordered" size="sm" spacing={4} mt={4}>
        {ratingSteps(rating, event).map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
        {rating.adjustments.map((adjustment) => (
          <List.Item key={adjustment.id}>
            Corrected on <Instant at={adjustment.at} zone="UTC" />, {adjustment.reason}: included{" "}
            {signed(formatDecimal(adjustment.included))}, billable {signed(formatDecimal(adjustment.billable))},{" "}
            {signed(formatDigits(adjustment.amount))}. The figures above hold this.
          </List.Item>
        ))}
      </List>
    </div>
  );
}

const signed = (figure: string): string => (figure.startsWith("-") ? figure : `+${figure}`);

function factsOf(event: DetailedEvent): readonly (readonly [string, ReactNode])[] {
  const { id, action, complexity, model, quantity, tokensUsed, computeTimeMs, storageBytes, cost } = event;
  const facts: [string, ReactNode][] = [
    ["Idempotency key", <CopyText key="key" value={event.idempotencyKey} label="Copy the idempotency key" />],
    ["Event id", <CopyText key="id" value={id} label="Copy the event id" />],
    ["Action", ACTIONS[action]],
    ["Complexity", complexity],
    ["Model", model],
    ["Quantity", formatDecimal(quantity)],
    ["Occurred", <Instant key="occurred" at={event.occurredAt} as="exact" />],
    ["Received", <Instant key="recorded" at={event.recordedAt} as="exact" />],
    ["Tokens", tokensUsed === null ? null : formatCount(tokensUsed)],
    ["Compute time", computeTimeMs === null ? null : `${formatCount(computeTimeMs)} ms`],
    [
      "Storage level",
      storageBytes === null ? null : `${formatBytes(storageBytes)} (${formatWithUnit(storageBytes, "byte")})`,
    ],
    ["Project", event.projectId],
    ["User", event.userId],
    ["Reported with", event.keyPrefix && <Code key="keyPrefix">{event.keyPrefix}</Code>],
    ["Cost of goods", cost && <Money key="cost" value={cost} as="exact" />],
    [
      "Metadata",
      event.metadata == null ? null : (
        <Code key="metadata" block>
          {JSON.stringify(event.metadata, null, 2)}
        </Code>
      ),
    ],
  ];
  return facts.filter(([, value]) => value !== null);
}
