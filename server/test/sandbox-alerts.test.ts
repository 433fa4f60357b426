import { expect, test } from "vitest";
import { DAY_MS } from "../src/kernel/clock.ts";
import { generations } from "./customer.ts";
import { newPayer } from "./payer.ts";
import { newStripeWorld } from "./stripe-world.ts";

test("a cap that was reached is told of in its own period, however far the sandbox's time then jumps", async () => {
  const world = await newStripeWorld();
  const payer = await newPayer(world, "STARTER");
  await payer.owner.get(`mutation { setSpendingCap(input: { cap: "1.00" }) { reached } }`);
  await payer.record(generations(100));
  await world.settle();
  // Past the allowance nothing but money tells of the cap.
  await payer.record(generations(4));
  await world.pass(40 * DAY_MS);
  const { organization } = await payer.owner.get(`{ organization { usageAlerts { subject percent current used } } }`);
  expect(organization.usageAlerts.filter(({ subject }: any) => subject === "spending_cap")).toEqual(
    [100, 80, 50].map((percent) => ({ subject: "spending_cap", percent, current: false, used: "1" })),
  );
});
