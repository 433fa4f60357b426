import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { OrganizationType } from "../organizations/organization.type.ts";
import { sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { tenantOf } from "../platform/scope.ts";
import { type AlertSettingInUse, readAlertSettings, sendTestAlert, setAlertSetting } from "./alert-settings.ts";
import { AlertSettingsType, SetAlertSettingInput, TestAlertType } from "./alert-settings.type.ts";

@Resolver(() => OrganizationType)
export class AlertSettingsResolver {
  @FieldResolver(() => AlertSettingsType, { description: "Where alerts of usage and spending go." })
  async alertSettings(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<AlertSettingsType> {
    return settingsView(context, id, await readAlertSettings(sqlIn(context.em), id));
  }

  @Mutation(() => AlertSettingsType, {
    description: "Says whether alerts of one part go out by mail and by webhook. The portal shows them all the same.",
  })
  async setAlertSetting(
    @Arg("input", () => SetAlertSettingInput) input: SetAlertSettingInput,
    @Ctx() context: Context,
  ): Promise<AlertSettingsType> {
    return settingsView(context, tenantOf(context), await setAlertSetting(context, input));
  }

  @Mutation(() => TestAlertType, {
    description: "Sends a mail as alerts are sent to owners and those who pay; three an hour.",
  })
  async sendTestAlert(@Ctx() context: Context): Promise<TestAlertType> {
    return { recipients: await sendTestAlert(context) };
  }
}

const settingsView = (
  { platform }: Context,
  id: string,
  settings: readonly AlertSettingInUse[],
): AlertSettingsType => ({
  id,
  mailIsSent: platform.config.smtpUrl !== null,
  settings: settings.map((setting) => ({ id: `${id}:${setting.kind}:${setting.percent}`, ...setting })),
});
