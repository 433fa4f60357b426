import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages load graphql as Node resolves it; our sources must get the same copy, or its classes meet their twins.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  oxc: { decorator: { legacy: true } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "launch/**/*.test.ts"],
    // type-graphql wants it in place before the first decorator runs.
    setupFiles: ["reflect-metadata"],
    globalSetup: ["test/setup/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: "test", LOG_LEVEL: "silent" },
  },
});
