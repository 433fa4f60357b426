import DataLoader from "dataloader";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import { Organization } from "./organization.entity.ts";

/** Organizations by id, in one query; null for those the scope may not see. */
export const organizationLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, Organization | null>(async (ids) => {
      const found = await em.find(Organization, { id: { $in: [...ids] } });
      const byId = new Map(found.map((organization) => [organization.id, organization]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
