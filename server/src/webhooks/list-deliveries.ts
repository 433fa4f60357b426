import { sqlIn } from "../platform/database/sql.ts";
import {
  badCursor,
  type Connection,
  decodeCursor,
  encodeCursor,
  pageOf,
  pageSize,
} from "../platform/graphql/connection.ts";
import { readId } from "../platform/graphql/text.ts";
import { isUuid } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import { deliveryOf, type DeliveryRow, SELECT_DELIVERIES, type StoredDelivery } from "./stored-delivery.ts";
import { type DeliveryState, WebhookEndpoint } from "./webhook.entity.ts";

/** An organization's endpoints, in the order they were made. */
export const listEndpoints = ({ em }: Scope, organizationId: string): Promise<WebhookEndpoint[]> =>
  em.find(WebhookEndpoint, { organizationId }, { orderBy: { id: "asc" } });

export type DeliveryFilter = {
  readonly endpointId?: string | null | undefined;
  readonly state?: DeliveryState | null | undefined;
  /** An event, or webhook.test. */
  readonly type?: string | null | undefined;
};

/** A page of what was sent to an organization's endpoints, newest first. */
export async function deliveryPage(
  scope: Scope,
  organizationId: string,
  { endpointId, state, type }: DeliveryFilter,
  first?: number | null,
  after?: string | null,
): Promise<Connection<StoredDelivery>> {
  const size = pageSize(first);
  const [before] = decodeCursor(after, 1) ?? [];
  if (before !== undefined && !isUuid(before)) throw badCursor();
  const rows = await sqlIn(scope.em)<DeliveryRow>(
    `${SELECT_DELIVERIES}
     where d.organization_id = $1 and ($2::uuid is null or d.endpoint_id = $2::uuid) and ($3::text is null or d.state = $3)
       and ($4::text is null or m.type = $4) and ($5::uuid is null or d.id < $5::uuid)
     order by d.id desc limit $6`,
    [
      organizationId,
      endpointId == null ? null : readId(endpointId, "The endpoint"),
      state ?? null,
      type ?? null,
      before ?? null,
      size + 1,
    ],
  );
  return pageOf(rows.map(deliveryOf), size, after, ({ id }) => encodeCursor([id]));
}
