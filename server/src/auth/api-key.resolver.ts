import { Arg, createUnionType, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Organization } from "../organizations/organization.entity.ts";
import { organizationLoader } from "../organizations/organization.loader.ts";
import { OrganizationType } from "../organizations/organization.type.ts";
import { answering, byName } from "../platform/graphql/answering.ts";
import type { Context } from "../platform/graphql/context.ts";
import { userLoader } from "../users/user.loader.ts";
import { UserType } from "../users/user.type.ts";
import { ApiKey, type ServiceKey } from "./api-key.entity.ts";
import { KeyNotActive, UnknownScope } from "./api-key.refusals.ts";
import {
  ApiKeyType,
  CreateApiKeyInput,
  CreatedApiKeyType,
  KeyNotActiveType,
  RevokeApiKeyInput,
  RotateApiKeyInput,
  UnknownScopeType,
} from "./api-key.type.ts";
import { createApiKey, createServiceKey } from "./create-api-key.ts";
import { permissionsOfScopes } from "./key-scopes.ts";
import { listApiKeys, listServiceKeys } from "./list-api-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateApiKey } from "./rotate-api-key.ts";

const CreateApiKeyResult = createUnionType({
  name: "CreateApiKeyResult",
  description: "The key with its secret, or why not.",
  types: () => [CreatedApiKeyType, UnknownScopeType] as const,
  resolveType: byName("CreatedApiKey"),
});

const RotateApiKeyResult = createUnionType({
  name: "RotateApiKeyResult",
  description: "The key in the old one's place, with its secret, or why not.",
  types: () => [CreatedApiKeyType, KeyNotActiveType] as const,
  resolveType: byName("CreatedApiKey"),
});

const RevokeApiKeyResult = createUnionType({
  name: "RevokeApiKeyResult",
  description: "The key that ended.",
  types: () => [ApiKeyType] as const,
  resolveType: byName("ApiKey"),
});

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @FieldResolver(() => UserType, { nullable: true, description: "null once they have left; the key stays." })
  createdBy(@Root() { createdBy }: ApiKey | ServiceKey, @Ctx() context: Context) {
    return createdBy == null ? null : userLoader(context).load(createdBy);
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: "null for a service key." })
  organization(@Root() key: ApiKey | ServiceKey, @Ctx() context: Context) {
    return key instanceof ApiKey ? organizationLoader(context).load(key.organizationId) : null;
  }

  @FieldResolver(() => [String], { description: "What the key may do, as in the roles table." })
  permissions(@Root() { scopes }: ApiKey | ServiceKey): string[] {
    return [...permissionsOfScopes(scopes)];
  }

  @Query(() => [ApiKeyType], { description: "Staff: keys of QLP's own services." })
  serviceKeys(@Ctx() context: Context) {
    return listServiceKeys(context);
  }

  @Mutation(() => CreateApiKeyResult, {
    description: "Makes a key of the viewer's organization. Its secret is shown this once.",
  })
  createApiKey(@Arg("input", () => CreateApiKeyInput) input: CreateApiKeyInput, @Ctx() context: Context) {
    return answering([UnknownScope], () => createApiKey(context, input));
  }

  @Mutation(() => CreateApiKeyResult, {
    description:
      "Staff: a key for one of QLP's own services, which names the organization in each call. Scopes usage:write, usage:read.",
  })
  createServiceKey(@Arg("input", () => CreateApiKeyInput) input: CreateApiKeyInput, @Ctx() context: Context) {
    return answering([UnknownScope], () => createServiceKey(context, input));
  }

  @Mutation(() => RotateApiKeyResult, {
    description:
      "A new secret with the same name, scopes and expiry; the old one works for overlapSeconds more (default 86400, at most 604800).",
  })
  rotateApiKey(@Arg("input", () => RotateApiKeyInput) input: RotateApiKeyInput, @Ctx() context: Context) {
    return answering([KeyNotActive], () => rotateApiKey(context, input));
  }

  @Mutation(() => RevokeApiKeyResult, { description: "Ends a key for good: the next request with it is refused." })
  revokeApiKey(@Arg("input", () => RevokeApiKeyInput) input: RevokeApiKeyInput, @Ctx() context: Context) {
    return revokeApiKey(context, input);
  }
}

@Resolver(() => OrganizationType)
export class OrganizationApiKeysResolver {
  @FieldResolver(() => [ApiKeyType], { description: "Newest first, those that ended too; at most 200." })
  apiKeys(@Root() { id }: Organization, @Ctx() context: Context) {
    return listApiKeys(context, id);
  }
}
