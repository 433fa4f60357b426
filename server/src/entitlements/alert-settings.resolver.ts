import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { OrganizationType } from "../organizations/organization.type.ts";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import type { Context } from "../platform/graphql/context.ts";
import { tenantOf } from "../platform/scope.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { readAlertSettings, sendTestAlert, setAlertSetting } from "./alert-settings.ts";
import { AlertSettingsType, SetAlertSettingInput, TestAlertType } from "./alert-settings.type.ts";

@Resolver(() => OrganizationType)
export class AlertSettingsResolver {
  @FieldResolver(() => AlertSettingsType, { description: "Where alerts of usage and spending go." })
  alertSettings(@Root() { id }: OrganizationType, @Ctx() context: Context): Promise<AlertSettingsType> {
    return settingsOf(sqlIn(context.em), context, id);
  }

  @Mutation(() => AlertSettingsType, {
    description: "Says whether alerts of one part go out by mail and by webhook. The portal shows them all the same.",
  })
  async setAlertSetting(
    @Arg("input", () => SetAlertSettingInput) input: SetAlertSettingInput,
    @Ctx() context: Context,
  ): Promise<AlertSettingsType> {
    await setAlertSetting(context, input);
    const organizationId = tenantOf(context);
    return inTenantTransaction(context.platform.pool, organizationId, (sql) =>
      settingsOf(sql, context, organizationId),
    );
  }

  @Mutation(() => TestAlertType, {
    description: "Sends a mail as alerts are sent to owners and those who pay; three an hour.",
  })
  async sendTestAlert(@Ctx() context: Context): Promise<TestAlertType> {
    return { recipients: await sendTestAlert(context) };
  }
}

async function settingsOf(sql: Sql, { platform }: Context, organizationId: string): Promise<AlertSettingsType> {
  const settings = await readAlertSettings(sql, organizationId);
  return {
    id: organizationId,
    mailIsSent: platform.config.smtpUrl !== null,
    settings: settings.map((setting) => ({ id: `${organizationId}:${setting.kind}:${setting.percent}`, ...setting })),
  };
}
