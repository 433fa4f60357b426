import { defineEntity, p } from "@mikro-orm/postgresql";
import { platformTable } from "../platform/database/policies.ts";

/** How far the sandbox's time runs ahead of real time: one row. */
export const SandboxClockSchema = defineEntity({
  name: "SandboxClock",
  tableName: "sandbox_clock",
  ...platformTable,
  properties: { id: p.integer().primary(), aheadMs: p.bigint().$type<bigint>() },
});

/** That the demo world was seeded, and when: one row. */
export const DemoSeedSchema = defineEntity({
  name: "DemoSeed",
  tableName: "demo_seed",
  ...platformTable,
  properties: { id: p.integer().primary(), seededAt: p.datetime() },
});
