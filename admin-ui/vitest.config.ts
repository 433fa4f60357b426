import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { graphql: "graphql/index.js" } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    setupFiles: ["./test/setup.ts"],
    css: false,
    // To load the app takes longer than most test files do: a worker loads it once.
    isolate: false,
    maxWorkers: 3,
    testTimeout: 60_000,
    // A page on a machine that others keep busy may be late once; twice is a fault.
    retry: process.env["CI"] ? 1 : 0,
  },
});
