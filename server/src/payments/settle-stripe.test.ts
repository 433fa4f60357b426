import { expect, test } from "vitest";
import { asOwner } from "../../test/stripe-events.ts";
import { newStripeWorld } from "../../test/stripe-world.ts";
import { newId } from "../platform/id.ts";
import { organizationsWithCalls } from "./make-calls.ts";

/** A call of the organization, as one that was decided, `waits` from now until its next try. */
const decided = (organizationId: string, key: string, waits: string): Promise<object[]> =>
  asOwner(
    `insert into stripe_outbox (organization_id, id, kind, key, params, state, attempts, next_try_at, created_at)
     values ($1, $2, 'invoice.void', $3, '{"id": "in_none"}', 'PENDING', 4, now() + $4::interval, now())`,
    [organizationId, newId(), key, waits],
  );

test("a call that has to be repeated later is tried once, and what is behind it is neither made nor waited for", async () => {
  const world = await newStripeWorld();
  const { id } = await world.organization();
  await world.faults([{ match: "POST /v1/invoices/in_none/void", kind: "status", status: 500, times: 50 }]);
  await decided(id, "failed, and is tried again in an hour", "1 hour");
  await decided(id, "builds on it", "0 s");
  expect(await organizationsWithCalls(world.platform)).not.toContain(id);
  await world.settle();
  await world.faults([]);
  const calls = await asOwner("select state, attempts from stripe_outbox where organization_id = $1 order by id", [id]);
  expect(calls).toEqual([
    { state: "PENDING", attempts: 5 },
    { state: "PENDING", attempts: 4 },
  ]);
});
