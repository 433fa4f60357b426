import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { readId } from "../platform/graphql/text.ts";
import type { Scope } from "../platform/scope.ts";
import type { ApiKey, ServiceKey } from "./api-key.entity.ts";
import { lockedKey, ownerOf } from "./locked-key.ts";

/** Ends a key for good: the next request with it is refused. Doing it again changes nothing. */
export async function revokeApiKey(scope: Scope, input: { readonly id: string }): Promise<ApiKey | ServiceKey> {
  const id = readId(input.id, "The key");
  return scope.em.transactional(async (em) => {
    const key = await lockedKey(em, scope, id);
    if (key.revokedAt == null) {
      key.revokedAt = systemClock();
      await em.flush();
      await recordAudit(em, scope, {
        action: "apiKey.revoked",
        target: key.prefix,
        detail: { name: key.name },
        ...ownerOf(key),
      });
    }
    return key;
  });
}
