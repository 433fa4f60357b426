import { readAsPlatform } from "../platform/database/platform-read.ts";
import type { Scope } from "../platform/scope.ts";
import { User } from "../users/user.entity.ts";
import { ApiKey, ServiceKey } from "./api-key.entity.ts";

const serviceKeyById = { name: "service-key-by-id", text: "select * from service_keys where id = $1" };

/** The row of who asks; null without credentials. */
export async function findViewer({ platform, viewer, em }: Scope): Promise<User | ApiKey | ServiceKey | null> {
  if (!viewer) return null;
  const { id, organizationId } = viewer;
  switch (viewer.kind) {
    case "user":
      return em.findOne(User, { id });
    case "apiKey":
      return organizationId === null ? null : em.findOne(ApiKey, { organizationId, id });
    case "serviceKey": {
      // Beside the request's transaction, whose role does not see it.
      const [row] = await readAsPlatform(platform.pool, serviceKeyById, [id]);
      return row ? em.map(ServiceKey, row) : null;
    }
  }
}
