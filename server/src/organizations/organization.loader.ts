import DataLoader from "dataloader";
import { arrayOf, instant } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import type { Organization } from "./organization.entity.ts";

type Row = { readonly id: string; readonly name: string; readonly created_at: unknown };

const organizationOf = ({ id, name, created_at }: Row): Organization => ({ id, name, createdAt: instant(created_at) });

/** Organizations by id, in one query; null for those the scope may not see. */
export const organizationLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, Organization | null>(async (ids) => {
      const found = await sqlIn(em)<Row>("select id, name, created_at from organizations where id = any($1::uuid[])", [
        arrayOf(ids),
      ]);
      const byId = new Map(found.map((row) => [row.id, organizationOf(row)]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
