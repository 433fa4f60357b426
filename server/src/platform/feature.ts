import type { EntitySchema } from "@mikro-orm/postgresql";
import type { IRules } from "graphql-shield";
import type { Job } from "./jobs/worker.ts";

/** What a feature brings; `app` mounts it. */
export type Feature = {
  readonly entities: readonly EntitySchema[];
  readonly resolvers: readonly (new () => object)[];
  /** Rules by type and field; root fields without one are refused. */
  readonly permissions: IRules;
  readonly jobs?: readonly Job[];
};
