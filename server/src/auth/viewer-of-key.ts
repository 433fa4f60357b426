import { hashSecret } from "../platform/crypto/secret.ts";
import { arrayOf } from "../platform/database/row.ts";
import { readAsPlatform } from "../platform/database/platform-read.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { Gathering } from "../platform/gathering.ts";
import { EdgeFault } from "../platform/graphql/errors.ts";
import type { Platform } from "../platform/scope.ts";
import type { Viewer } from "../platform/viewer.ts";
import { isKeySecret } from "./key-secret.ts";
import { type KeyScope, permissionsOfScopes } from "./key-scopes.ts";

type FoundKey = {
  readonly hash: string;
  readonly kind: "apiKey" | "serviceKey";
  readonly id: string;
  readonly organization_id: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: KeyScope[];
  readonly expired: boolean;
  readonly revoked: boolean;
  readonly unseen: boolean;
};

const columns = `secret_hash as hash, id, name, prefix, scopes,
  coalesce(expires_at <= now(), false) as expired,
  revoked_at is not null as revoked,
  coalesce(last_used_at < now() - interval '1 minute', true) as unseen`;

const keyByHash = {
  name: "key-by-hash",
  text: `select 'apiKey' as kind, organization_id, ${columns} from api_keys where secret_hash = any($1::text[])
    union all
    select 'serviceKey', null, ${columns} from service_keys where secret_hash = any($1::text[])`,
};

const lookUps = new WeakMap<Platform, Gathering<string, FoundKey | null>>();

/** One look-up for all requests that came while the last one was under way: each sees what held when it came, or later. */
function lookUpOf(platform: Platform): Gathering<string, FoundKey | null> {
  const known = lookUps.get(platform);
  if (known) return known;
  const made = new Gathering<string, FoundKey | null>({
    answer: async (hashes) => {
      const found = await readAsPlatform<FoundKey>(platform.pool, keyByHash, [arrayOf(hashes)]);
      const byHash = new Map(found.map((key) => [key.hash, key]));
      return hashes.map((hash) => byHash.get(hash) ?? null);
    },
    ownerOf: () => "keys",
    lanes: 1,
    most: 500,
  });
  lookUps.set(platform, made);
  return made;
}

/**
 * The viewer that a key stands for: one indexed query, a few thousand times a second.
 *
 * Whoever sends a whole secret has it, so the reasons it does not work give nothing away.
 *
 * @throws EdgeFault UNAUTHENTICATED when the key is mistyped, unknown, expired or revoked
 */
export async function viewerOfKey(platform: Platform, secret: string): Promise<Viewer> {
  if (!isKeySecret(secret)) throw refused("is mistyped or cut off: its checksum does not fit");
  const key = await lookUpOf(platform).ask(hashSecret(secret));
  if (!key) throw refused("is unknown");
  if (key.revoked) throw refused(`${key.prefix}… was revoked`);
  if (key.expired) throw refused(`${key.prefix}… has expired`);

  if (key.unseen) noteUse(platform, key);
  return {
    kind: key.kind,
    id: key.id,
    organizationId: key.organization_id,
    permissions: permissionsOfScopes(key.scopes),
    label: `${key.name} (${key.prefix}…)`,
    staff: false,
    sessionId: null,
    role: null,
    keyPrefix: key.prefix,
  };
}

const refused = (why: string): EdgeFault => new EdgeFault("UNAUTHENTICATED", `The API key ${why}.`);

/** Keys whose last use is being written: a busy key would ask for it a thousand times until it is. */
const underway = new Set<string>();

/** Writes the last use down beside the request, which does not wait for it. */
function noteUse({ pool }: Platform, { id, kind, organization_id: organizationId }: FoundKey): void {
  if (underway.has(id)) return;
  underway.add(id);
  const written = inPlatformTransaction(pool, (sql) =>
    kind === "apiKey"
      ? sql("update api_keys set last_used_at = now() where organization_id = $1 and id = $2", [organizationId, id])
      : sql("update service_keys set last_used_at = now() where id = $1", [id]),
  );
  // A lost note is made up for by the next request; it must not fail this one.
  void written.catch(() => undefined).finally(() => underway.delete(id));
}
