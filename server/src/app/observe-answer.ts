import type { OperationDefinitionNode } from "graphql";
import type { Context } from "../platform/graphql/context.ts";
import { requestSeconds } from "../platform/http/metrics.ts";
import type { Logger } from "../platform/log.ts";

/** One log line and one measurement for each answer. Operation names are the callers' words, so metrics keep to their kind. */
export function observeAnswer(
  log: Logger,
  { askedAt, origin, viewer }: Context,
  operation: OperationDefinitionNode | undefined,
  outcome: string,
): void {
  const seconds = (performance.now() - askedAt) / 1_000;
  requestSeconds.observe({ operation: operation?.operation ?? "unknown", outcome }, seconds);
  log.info(
    {
      requestId: origin.id,
      operation: operation?.name?.value ?? null,
      viewer: viewer?.id ?? null,
      outcome,
      ms: Math.round(seconds * 1_000),
    },
    "graphql",
  );
}
