import type { EntitySchema } from "@mikro-orm/postgresql";
import type { IRules } from "graphql-shield";
import type { FastifyInstance } from "fastify";
import type { Job } from "./jobs/job.ts";
import type { Platform } from "./scope.ts";

/** Adds paths beside GraphQL to a server, in a scope of its own: what it registers there stays there. */
export type Route = (server: FastifyInstance, platform: Platform) => void | Promise<void>;

/** What a feature brings; `app` mounts it. */
export type Feature = {
  readonly entities: readonly EntitySchema[];
  readonly resolvers: readonly (new () => object)[];
  /** Rules by type and field; root fields without one are refused. */
  readonly permissions: IRules;
  readonly jobs?: readonly Job[];
  readonly routes?: readonly Route[];
};
