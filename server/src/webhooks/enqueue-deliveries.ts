import type { Sql } from "../platform/database/sql.ts";
import { enqueueAll } from "../platform/jobs/enqueue.ts";

/** The job that makes the next try of one delivery. */
export const DELIVER = "webhook.deliver";

/** The same for endpoints that let us wait: it has slots of its own, so that they delay only each other. */
export const DELIVER_SLOWLY = "webhook.deliverSlowly";

/** How many tries of one endpoint run at once, at most. */
const IN_FLIGHT = 3;

export type Due = {
  readonly organizationId: string;
  readonly id: string;
  readonly endpointId: string;
  readonly slow: boolean;
  /** Which try is due, from 1 on: a job that comes late or twice finds that it was made. */
  readonly attempt: number;
  /** When, by real time; now when left out. */
  readonly at?: Date;
};

/** Asks for the next try of each delivery; one that waits already is moved. */
export const enqueueDeliveries = (sql: Sql, deliveries: readonly Due[]): Promise<void> =>
  enqueueAll(
    sql,
    deliveries.map(({ organizationId, id, endpointId, slow, attempt, at }) => ({
      task: slow ? DELIVER_SLOWLY : DELIVER,
      payload: { organizationId, deliveryId: id, attempt },
      jobKey: `webhook:${id}`,
      runAt: at,
      // A queue runs one job at a time.
      queue: `webhook:${endpointId}:${slow ? "slow" : laneOf(id)}`,
    })),
  );

const laneOf = (id: string): number => Number.parseInt(id.slice(-4), 16) % IN_FLIGHT;
