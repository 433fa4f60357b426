import DataLoader from "dataloader";
import { DAY_MS, systemClock } from "../kernel/clock.ts";
import { arrayOf, instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import { WebhookEndpoint } from "./webhook.entity.ts";
import type { WebhookAttemptType, WebhookDayType } from "./webhook.type.ts";

/** A row of a tenant's: every index begins with the organization. */
type Owned = { readonly organizationId: string; readonly id: string };

const byId = { cacheKeyFn: ({ id }: Owned) => id };

/** Their organizations, which are one for a customer, and their ids. */
const keysOf = (rows: readonly Owned[]): [string, string] => [
  arrayOf([...new Set(rows.map(({ organizationId }) => organizationId))]),
  arrayOf(rows.map(({ id }) => id)),
];

type AttemptRow = Omit<WebhookAttemptType, "at" | "headers"> & {
  readonly deliveryId: string;
  readonly at: unknown;
  readonly headers: Readonly<Record<string, string>>;
};

const attemptOf = ({ at, headers, ...row }: AttemptRow): WebhookAttemptType => ({
  ...row,
  at: instant(at),
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
});

/** The tries of deliveries, oldest first, in one query. */
export const attemptsLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<Owned, WebhookAttemptType[], string>(async (deliveries) => {
      const rows = await sqlIn(em)<AttemptRow>(
        `select delivery_id as "deliveryId", number, at, duration_ms as "durationMs", headers, status, answer, error
         from webhook_attempts where organization_id = any($1::uuid[]) and delivery_id = any($2::uuid[])
         order by delivery_id, number`,
        keysOf(deliveries),
      );
      const attempts = Map.groupBy(rows, ({ deliveryId }) => deliveryId);
      return deliveries.map(({ id }) => (attempts.get(id) ?? []).map(attemptOf));
    }, byId),
);

/** Endpoints, in one query; null for those that are gone. */
export const endpointLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<Owned, WebhookEndpoint | null, string>(async (keys) => {
      const found = await em.find(WebhookEndpoint, {
        organizationId: { $in: keys.map(({ organizationId }) => organizationId) },
        id: { $in: keys.map(({ id }) => id) },
      });
      const endpoints = new Map(found.map((endpoint) => [endpoint.id, endpoint]));
      return keys.map(({ id }) => endpoints.get(id) ?? null);
    }, byId),
);

/** What became of the messages to each endpoint in the last 24 hours, in one query. */
export const dayLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<Owned, WebhookDayType, string>(async (endpoints) => {
      const rows = await sqlIn(em)<WebhookDayType & { readonly id: string }>(
        `select endpoint_id as id, count(*) filter (where state = 'DELIVERED')::int as delivered,
           count(*) filter (where state = 'FAILED')::int as failed, count(*) filter (where state = 'PENDING')::int as waiting
         from webhook_deliveries where organization_id = any($1::uuid[]) and endpoint_id = any($2::uuid[]) and created_at > $3
         group by endpoint_id`,
        [...keysOf(endpoints), new Date(systemClock().getTime() - DAY_MS)],
      );
      const days = new Map(rows.map((row) => [row.id, row]));
      return endpoints.map(({ id }) => days.get(id) ?? { delivered: 0, failed: 0, waiting: 0 });
    }, byId),
);
