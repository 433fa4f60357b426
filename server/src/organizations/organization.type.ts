import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import type { Organization } from "./organization.entity.ts";

@ObjectType("Organization", { description: "The tenant, and the customer that pays." })
export class OrganizationType implements Pick<Organization, "id" | "name" | "createdAt"> {
  @Field(() => ID) readonly id!: string;
  @Field(() => String) readonly name!: string;
  @Field(() => DateTimeScalar) readonly createdAt!: Date;
}

@InputType("RenameOrganizationInput", { description: "The viewer's organization gets another name." })
export class RenameOrganizationInput {
  @Field(() => String, { description: "1 to 100 characters." }) readonly name!: string;
}
