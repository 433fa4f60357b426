import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { RefusalType } from "../platform/graphql/money.type.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { ApiKey } from "./api-key.entity.ts";

type Shown = "id" | "name" | "prefix" | "scopes" | "createdAt" | "lastUsedAt" | "expiresAt" | "revokedAt";

@ObjectType("ApiKey", { description: "A machine's credential: of one organization, or of one of QLP's own services." })
export class ApiKeyType implements Pick<ApiKey, Shown> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => String, { description: "The start of the secret, by which keys are told apart." })
  readonly prefix!: string;
  @Field(() => [String]) readonly scopes!: ApiKey["scopes"];
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: "To the minute." }) readonly lastUsedAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "null: never." }) readonly expiresAt!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true }) readonly revokedAt!: Date | null;
}

@ObjectType("CreatedApiKey", {
  description: "secret is shown once. It goes into the Authorization header: Bearer qlp_...",
})
export class CreatedApiKeyType {
  @Field(() => ApiKeyType) readonly apiKey!: ApiKeyType;
  @Field(() => String) readonly secret!: string;
}

@InputType("CreateApiKeyInput", { description: "What the new key is called, what it may do, and how long." })
export class CreateApiKeyInput {
  @Field(() => String, { description: "1 to 100 characters." }) readonly name!: string;
  @Field(() => [String], { description: "At least one, such as usage:write." }) readonly scopes!: string[];
  @Field(() => DateTimeScalar, { nullable: true, description: "In the future; left out: never." })
  readonly expiresAt!: Date | null;
}

@InputType("RotateApiKeyInput", { description: "Which key gets a new secret, and how long the old one still works." })
export class RotateApiKeyInput {
  @Field(() => ID) readonly id!: string;
  @Field(() => Int, { nullable: true, description: "0 to 604800; left out: 86400." }) readonly overlapSeconds!:
    | number
    | null;
}

@InputType("RevokeApiKeyInput", { description: "Which key ends." })
export class RevokeApiKeyInput {
  @Field(() => ID) readonly id!: string;
}

@ObjectType("UnknownScope", {
  implements: RefusalType,
  description: "A scope that this kind of key may not have; the message names those it may.",
})
export class UnknownScopeType extends RefusalType {}

@ObjectType("KeyNotActive", {
  implements: RefusalType,
  description: "The key was revoked, has expired, or was rotated before.",
})
export class KeyNotActiveType extends RefusalType {}
