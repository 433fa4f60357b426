import { createUnionType, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../platform/graphql/context.ts";
import { User } from "../users/user.entity.ts";
import { UserType } from "../users/user.type.ts";
import { ApiKeyType } from "./api-key.type.ts";
import { findViewer } from "./find-viewer.ts";

const ViewerUnion = createUnionType({
  name: "Viewer",
  description: "Who asks: a person, or a machine by its key.",
  types: () => [UserType, ApiKeyType] as const,
  resolveType: (value) => (value instanceof User ? "User" : "ApiKey"),
});

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerUnion, {
    nullable: true,
    description: "Who asks: a user or an API key; null without credentials.",
  })
  viewer(@Ctx() context: Context) {
    return findViewer(context);
  }
}
