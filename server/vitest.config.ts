import { defineConfig } from "vitest/config";
import { redisIsThere } from "./test/setup/redis-installed.ts";

const withoutRedis = redisIsThere() ? [] : ["**/*.redis.test.ts"];
if (withoutRedis.length > 0)
  process.stderr.write(
    "\nTESTS LEFT OUT: redis-server is not installed, so **/*.redis.test.ts (shared rate limits) do not run.\n",
  );

export default defineConfig({
  // Packages load graphql as Node resolves it; our sources must get the same copy, or its classes meet their twins.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  oxc: { decorator: { legacy: true } },
  test: {
    setupFiles: ["test/setup/each-file.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { NODE_ENV: "test", LOG_LEVEL: "silent" },
    projects: [
      {
        extends: true,
        test: {
          name: "server",
          include: ["src/**/*.test.ts", "test/*.test.ts", "launch/**/*.test.ts"],
          exclude: withoutRedis,
          // To load the server takes longer than most test files do: a worker loads it once.
          isolate: false,
          // Many wait for webhooks and jobs.
          maxWorkers: 4,
          globalSetup: ["test/setup/global-setup.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["test/faults/*.test.ts"],
          globalSetup: ["test/setup/global-setup.ts", "test/faults/global-setup.ts"],
          // They measure how long others wait: after those that need the whole machine.
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          exclude: ["test/browser/**/*.clock.test.ts"],
          globalSetup: ["test/browser/global-setup.ts"],
          // The files a worker runs one after the other share its browser.
          isolate: false,
          // A page on a machine that others keep busy may be late once; twice is a fault.
          retry: process.env["CI"] ? 1 : 0,
          expect: { poll: { timeout: 10_000 } },
          // After the others: a person who waits for a page must not wait for their work.
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "browser-clock",
          include: ["test/browser/**/*.clock.test.ts"],
          globalSetup: ["test/browser/global-setup.ts"],
          // They move the time of the product that they share: one after the other.
          fileParallelism: false,
          // A page on a machine that others keep busy may be late once; twice is a fault.
          retry: process.env["CI"] ? 1 : 0,
          expect: { poll: { timeout: 10_000 } },
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
