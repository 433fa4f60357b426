import { spawnSync } from "node:child_process";

/**
 * Whether the tests with a real Redis can run. Where CI is set they run in any case, and fail without it;
 * a developer's machine needs nothing but Node for all others.
 */
export function redisIsThere(): boolean {
  if (process.env["CI"]) return true;
  return spawnSync("redis-server", ["--version"]).status === 0;
}
