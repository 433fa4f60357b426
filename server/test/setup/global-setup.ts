import type { TestProject } from "vitest/node";
import { startMigratedDatabase } from "./migrated-database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated database, to clone and never to connect to. */
    readonly templateUrl: string;
  }
}

/** Makes the template every test database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startMigratedDatabase();
  project.provide("templateUrl", url);
  return stop;
}
