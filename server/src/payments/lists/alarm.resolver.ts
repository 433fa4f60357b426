import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { organizationLoader } from "../../organizations/organization.loader.ts";
import { OrganizationType } from "../../organizations/organization.type.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { clearSeenAlarm, listAlarms, type StoredAlarm } from "./alarm-list.ts";
import { AlarmConnectionType, AlarmType, ClearAlarmInput } from "./alarm.type.ts";

@Resolver(() => AlarmType)
export class AlarmResolver {
  @Query(() => AlarmConnectionType, { description: "Staff: what must be looked at, newest first." })
  alarms(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("open", () => Boolean, { nullable: true, description: "Those that are open, or those that are cleared." })
    open: boolean | null,
    @Ctx() context: Context,
  ) {
    return listAlarms(context, { first, after, open });
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: "null: a matter of the platform itself." })
  organization(@Root() { organizationId }: StoredAlarm, @Ctx() context: Context) {
    return organizationId === null ? null : organizationLoader(context).load(organizationId);
  }

  @Mutation(() => AlarmType, { description: "Staff: marks an alarm as seen to. It comes back when its cause does." })
  clearAlarm(@Arg("input", () => ClearAlarmInput) { key, note }: ClearAlarmInput, @Ctx() context: Context) {
    return clearSeenAlarm(context, key, note);
  }
}
