import { allow } from "graphql-shield";
import type { Feature } from "../feature.ts";

/** Types that all features share: whoever may see the field may see the amount or the page. */
export const feature: Feature = {
  entities: [],
  resolvers: [],
  permissions: { Money: allow, PageInfo: allow },
};
