import { Code, Text } from "@mantine/core";
import { useState } from "react";
import { newIdempotencyKey, requestFor } from "../../lib/snippets";
import { SecretOnce } from "../../ui/SecretOnce";
import { Snippets } from "../../ui/Snippets";
import { useLast } from "../../ui/use-last";

export type NewKey = {
  readonly secret: string;
  readonly scopes: readonly string[];
  readonly name: string;
  /** A key of QLP's own services, which names the organization in each call. */
  readonly isService?: boolean;
};

type Props = { readonly created: NewKey | null; readonly onClose: () => void };

/** Shows the secret of a new key, with code that uses it. */
export function SecretDialog({ created, onClose }: Props) {
  const shown = useLast(created);
  if (!shown) return null;
  return (
    <SecretOnce
      key={shown.secret}
      secret={shown.secret}
      title={`The secret of ${shown.name}`}
      whenLost="Then you need a new key."
      opened={created !== null}
      onClose={onClose}
    >
      <HowToUse created={shown} />
    </SecretOnce>
  );
}

function HowToUse({ created: { secret, scopes, isService = false } }: { readonly created: NewKey }) {
  const [idempotencyKey] = useState(newIdempotencyKey);
  const request = requestFor(scopes, idempotencyKey);
  if (isService)
    return (
      <Text size="sm">
        Each call names the organization it is for: <Code>recordUsage(input: {"{ organizationId, events }"})</Code>,{" "}
        <Code>organization(id)</Code>.
      </Text>
    );
  return (
    request && (
      <div>
        <Text size="sm" mb={4}>
          Try it:
        </Text>
        <Snippets request={request} origin={window.location.origin} secret={secret} />
      </div>
    )
  );
}
