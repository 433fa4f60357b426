import { Field, ID, ObjectType } from "type-graphql";
import { connectionType } from "../platform/graphql/connection.ts";
import { DateTimeScalar, JsonScalar } from "../platform/graphql/scalars.ts";
import type { AuditEntry } from "./audit-entry.entity.ts";

@ObjectType("AuditEntry", { description: "Who did what to which, when. Entries are never changed or deleted." })
export class AuditEntryType implements Pick<
  AuditEntry,
  "id" | "at" | "action" | "actor" | "staff" | "target" | "requestId"
> {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly at!: Date;
  @Field(() => String, { description: "A noun and what happened to it, such as member.removed." })
  readonly action!: string;
  @Field(() => String, {
    description: "An e-mail, or a key's name and prefix, or QLP for what the service did by itself.",
  })
  readonly actor!: string;
  @Field(() => Boolean, { description: "True when QLP's staff did it." }) readonly staff!: boolean;
  @Field(() => String, { nullable: true, description: "What it was done to." }) readonly target!: string | null;
  @Field(() => JsonScalar, { nullable: true, description: "What changed; its fields depend on the action." })
  readonly detail!: unknown;
  @Field(() => String, {
    nullable: true,
    description: "The request that did it, as in the answer's header and in errors.",
  })
  readonly requestId!: string | null;
}

export const AuditEntryConnectionType = connectionType("AuditEntryConnection", () => AuditEntryType);
