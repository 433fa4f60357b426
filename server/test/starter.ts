import { type Customer, newCustomer } from "./customer.ts";
import { newWorld, type World } from "./world.ts";

/** When the first period begins. */
export const START = "2026-03-01T00:00:00.000Z";

/** In the middle of it. */
export const NOW = "2026-03-15T12:00:00.000Z";

/** A customer on Starter in the middle of its first period. */
export async function starter(now = NOW): Promise<{ world: World; customer: Customer }> {
  const world = await newWorld();
  const customer = await newCustomer(world, START, "starter");
  world.setClock(now);
  return { world, customer };
}

export const statuses = (outcomes: readonly { status: string }[]): string[] => outcomes.map(({ status }) => status);
