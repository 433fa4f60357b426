import { recordAudit } from "../audit/record-audit.ts";
import { SECOND_MS, systemClock } from "../kernel/clock.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { readId } from "../platform/graphql/text.ts";
import { newId } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { ApiKey, ServiceKey } from "./api-key.entity.ts";
import { KeyNotActive } from "./api-key.refusals.ts";
import type { KeyCreated } from "./create-api-key.ts";
import { newKeySecret } from "./key-secret.ts";
import { lockedKey, ownerOf } from "./locked-key.ts";

export type RotateApiKey = { readonly id: string; readonly overlapSeconds?: number | null };

const DEFAULT_OVERLAP_SECONDS = 86_400;
const MAX_OVERLAP_SECONDS = 604_800;

/**
 * Makes a new secret with the same name, scopes and expiry; the old one works for `overlapSeconds`
 * more, so that whoever uses it can change over.
 *
 * @throws KeyNotActive when the key was revoked, has expired, or was rotated before
 */
export async function rotateApiKey(scope: Scope, input: RotateApiKey): Promise<KeyCreated> {
  const id = readId(input.id, "The key");
  const overlapSeconds = input.overlapSeconds ?? DEFAULT_OVERLAP_SECONDS;
  if (overlapSeconds < 0 || overlapSeconds > MAX_OVERLAP_SECONDS)
    throw badInput(`overlapSeconds must be from 0 to ${MAX_OVERLAP_SECONDS}.`);

  return scope.em.transactional(async (em) => {
    const old = await lockedKey(em, scope, id);
    const now = systemClock();
    requireActive(old, now);

    const { secret, ...hashed } = newKeySecret();
    const createdBy = scope.viewer?.kind === "user" ? scope.viewer.id : null;
    const { name, scopes, expiresAt } = old;
    const columns = { id: newId(), name, scopes, expiresAt: expiresAt ?? null, createdBy, createdAt: now, ...hashed };
    const apiKey =
      old instanceof ApiKey
        ? em.create(ApiKey, { organizationId: old.organizationId, ...columns })
        : em.create(ServiceKey, columns);
    old.replacedById = apiKey.id;
    old.expiresAt = earlier(expiresAt ?? null, new Date(now.getTime() + overlapSeconds * SECOND_MS));
    await em.persist(apiKey).flush();
    await recordAudit(em, scope, {
      action: "apiKey.rotated",
      target: old.prefix,
      detail: { name, newPrefix: apiKey.prefix, overlapSeconds },
      ...ownerOf(old),
    });
    return { apiKey, secret };
  });
}

function requireActive(key: ApiKey | ServiceKey, now: Date): void {
  if (key.revokedAt != null) throw new KeyNotActive("revoked");
  if (key.replacedById != null) throw new KeyNotActive("replaced");
  if (key.expiresAt != null && key.expiresAt <= now) throw new KeyNotActive("expired");
}

const earlier = (a: Date | null, b: Date): Date => (a !== null && a < b ? a : b);
