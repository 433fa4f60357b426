import DataLoader from "dataloader";
import { perRequest } from "../platform/graphql/context.ts";
import type { Scope } from "../platform/scope.ts";
import { Member } from "./member.entity.ts";
import { User } from "./user.entity.ts";

/** Users by id, in one query; null for those the scope may not see, such as people who have left. */
export const userLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, User | null>(async (ids) => {
      const found = await em.find(User, { id: { $in: [...ids] } });
      const byId = new Map(found.map((user) => [user.id, user]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);

/** Memberships by user, in one query; null for staff and for those the scope may not see. */
export const memberLoader = perRequest(
  ({ em }: Scope) =>
    new DataLoader<string, Member | null>(async (userIds) => {
      const found = await em.find(Member, { userId: { $in: [...userIds] } });
      const byUser = new Map(found.map((member) => [member.userId, member]));
      return userIds.map((id) => byUser.get(id) ?? null);
    }),
);
