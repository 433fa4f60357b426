import { createStaff } from "../auth/create-staff.ts";
import { readConfig } from "../platform/config.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { platformScope, type Scope } from "../platform/scope.ts";
import { User } from "../users/user.entity.ts";
import { createPlatform } from "./create-platform.ts";
import { demoCustomers } from "./demo/customers.ts";
import { seedCustomer } from "./demo/seed-customer.ts";

const demoStaff = [
  { email: "admin@qlp.example", role: "PLATFORM_ADMIN" },
  { email: "finance@qlp.example", role: "FINANCE" },
  { email: "support@qlp.example", role: "SUPPORT" },
] as const;

/** Customers that live their lives side by side. */
const AT_ONCE = 4;

/** One number for all instances: those that start together seed once. */
const SEED_LOCK = 7_236_403;

/** Seeds the demo world, once for a database: the marker is set when all of it is there. */
const { platform, close } = await createPlatform(readConfig(process.env));
const lock = await platform.pool.connect();
try {
  await lock.query("select pg_advisory_lock($1)", [SEED_LOCK]);
  const scope = platformScope(platform, "demo seed");
  if (await isSeeded(scope)) process.stdout.write("The demo world is there.\n");
  else {
    await seedStaff(scope);
    const waiting = [...demoCustomers.entries()];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        await seedCustomer(platformScope(platform, "demo seed"), next[1], next[0]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await inPlatformTransaction(platform.pool, (sql) =>
      sql("insert into demo_seed (id, seeded_at) values (1, now()) on conflict do nothing"),
    );
  }
} finally {
  // Ending the connection gives the lock back.
  lock.release(true);
  await close();
}

async function isSeeded(scope: Scope): Promise<boolean> {
  const rows = await inPlatformTransaction(scope.platform.pool, (sql) => sql("select from demo_seed"));
  return rows.length > 0;
}

async function seedStaff(scope: Scope): Promise<void> {
  for (const { email, role } of demoStaff) {
    if (!(await scope.em.findOne(User, { email })))
      await createStaff(scope, { email, role, password: scope.platform.config.demoPassword });
  }
}
