import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { inPlatformTransaction } from "../src/platform/database/tenant-transaction.ts";
import { type Customer, publishPlan } from "./customer.ts";
import { START } from "./starter.ts";
import { newWorld, type World } from "./world.ts";

export type Decision = {
  allowed: boolean;
  reason: string | null;
  message: string | null;
  remaining: string | null;
  resetAt: string;
  retryAfterSeconds: number | null;
  estimatedAmount: { amount: string };
  hold: { id: string; expiresAt: string } | null;
};

const DECISION =
  "allowed reason message remaining resetAt retryAfterSeconds estimatedAmount { amount } hold { id expiresAt state quantity computeMinutes }";

export async function authorize(customer: Customer, input: object): Promise<Decision> {
  const { authorizeUsage } = await customer.key.get(
    `mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { ${DECISION} } }`,
    { input },
  );
  return authorizeUsage;
}

export const askGeneration = (customer: Customer, change: object = {}): Promise<Decision> =>
  authorize(customer, { action: "GENERATION", complexity: "T1", ...change });

export async function settle(customer: Customer, holdId: string, event: object) {
  const { settleHold } = await customer.key.get(
    `mutation($input: SettleHoldInput!) { settleHold(input: $input) { __typename ... on UsageOutcome { status reason event { id failed amount { amount } } } ... on Refusal { message } } }`,
    { input: { holdId, event } },
  );
  return settleHold;
}

export async function release(customer: Customer, holdId: string) {
  const { releaseHold } = await customer.key.get(
    `mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) { __typename ... on Hold { id state } ... on Refusal { message } } }`,
    { input: { holdId } },
  );
  return releaseHold;
}

/** What the counters say against what the placed holds add up to. */
export async function heldTwice(customer: Customer): Promise<[string, string]> {
  const rows = await inPlatformTransaction(customer.world.platform.pool, (sql) =>
    sql<{ kept: string; summed: string }>(
      `select (select generations + api_calls + compute_ms from held_usage where organization_id = $1)::text as kept,
         (select coalesce(sum(generations + api_calls + compute_ms), 0) from holds where organization_id = $1 and state = 'PLACED')::text as summed`,
      [customer.id],
    ),
  );
  return [rows[0]!.kept, rows[0]!.summed];
}

/** Free without limits on the rate, so that its quota alone decides. */
const unhurried = { ...defaultCatalog.free, ratePerMinute: {} };

/** The file's world in March, where Free is unhurried. */
export async function unhurriedWorld(): Promise<World> {
  const world = await newWorld();
  world.setClock(START);
  await publishPlan(await world.staff(), "free", unhurried);
  return world;
}
