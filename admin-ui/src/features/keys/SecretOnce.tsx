import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { newIdempotencyKey, requestFor } from "../../lib/snippets";
import { CopyField } from "../../ui/CopyField";
import { Notice } from "../../ui/Notice";
import { Snippets } from "../../ui/Snippets";

export type NewKey = {
  readonly secret: string;
  readonly scopes: readonly string[];
  readonly name: string;
  /** A key of QLP's own services, which names the organization in each call. */
  readonly isService?: boolean;
};

type Props = {
  readonly created: NewKey;
  readonly onCopied: () => void;
  readonly onDone: () => void;
  /** Somebody tried to close before copying: said once, then obeyed. */
  readonly warned: boolean;
};

/** A secret, shown this once, with code that uses it. It lives in memory only. */
export function SecretOnce({ created: { secret, scopes, isService = false }, onCopied, onDone, warned }: Props) {
  const [idempotencyKey] = useState(newIdempotencyKey);
  const request = requestFor(scopes, idempotencyKey);
  return (
    <Stack gap="md">
      <Notice tone="warn">Copy the secret now and store it. It cannot be shown again.</Notice>
      <CopyField label="Secret" value={secret} onCopied={onCopied} />
      {isService && (
        <Text size="sm">
          Each call names the organization it is for: <Code>recordUsage(input: {"{ organizationId, events }"})</Code>,{" "}
          <Code>organization(id)</Code>.
        </Text>
      )}
      {request && !isService && (
        <div>
          <Text size="sm" mb={4}>
            Try it:
          </Text>
          <Snippets request={request} origin={window.location.origin} secret={secret} />
        </div>
      )}
      {warned && (
        <Notice tone="bad" live>
          You have not copied the secret. Close all the same? Then you need a new key.
        </Notice>
      )}
      <Group justify="flex-end">
        <Button onClick={onDone}>{warned ? "Close without copying" : "I stored it"}</Button>
      </Group>
    </Stack>
  );
}
