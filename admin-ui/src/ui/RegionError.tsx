import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconCloudOff, IconLock, IconMoodEmpty } from "@tabler/icons-react";
import { type FaultCode, faultOf } from "../lib/faults";
import { CopyText } from "./CopyText";
import classes from "./States.module.css";

type Props = { readonly name: string; readonly error: unknown; readonly onRetry: () => void };

const ICONS: Partial<Record<FaultCode, typeof IconLock>> = { FORBIDDEN: IconLock, NOT_FOUND: IconMoodEmpty };

/** A region that could not be loaded: why, in plain words, what to tell support, and another try. */
export function RegionError({ name, error, onRetry }: Props) {
  const { code, message, requestId } = faultOf(error);
  const Icon = ICONS[code] ?? IconCloudOff;
  const isFinal = code === "FORBIDDEN" || code === "NOT_FOUND";
  return (
    <Stack className={classes.state} role="alert" gap="xs" align="flex-start">
      <Group gap="sm" wrap="nowrap">
        <Icon size={22} aria-hidden className={classes.badIcon} />
        <Title order={3}>{isFinal ? name : `${name} could not be loaded`}</Title>
      </Group>
      <Text c="dimmed">{message}</Text>
      {requestId && (
        <Text size="sm" c="dimmed" component="div">
          Request <CopyText value={requestId} label="Copy the request id" />
        </Text>
      )}
      {!isFinal && (
        <Button variant="default" onClick={onRetry}>
          Retry
        </Button>
      )}
    </Stack>
  );
}
