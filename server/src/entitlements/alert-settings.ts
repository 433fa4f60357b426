import { recordAudit } from "../audit/record-audit.ts";
import { systemClock } from "../kernel/clock.ts";
import { instantOrNull } from "../platform/database/row.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput } from "../platform/graphql/errors.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { mustBeAllowed } from "../platform/rate-limits/must-be-allowed.ts";
import { type Scope, tenantOf } from "../platform/scope.ts";
import { thresholds } from "../usage/thresholds.ts";
import { billingContacts } from "../users/billing-contacts.ts";
import { type AlertKind, alertKinds } from "./alert-setting.entity.ts";
import type { AlertSubject } from "./usage-alert.entity.ts";

/** Where the alerts of one part of allowances, or of the cap, go besides the portal. */
export type AlertSetting = {
  readonly kind: AlertKind;
  readonly percent: number;
  readonly mail: boolean;
  readonly webhook: boolean;
};

/** A setting, and when such an alert was last raised, whatever it was set to then. */
export type AlertSettingInUse = AlertSetting & { readonly lastRaisedAt: Date | null };

export const kindOf = (subject: AlertSubject): AlertKind => (subject === "spending_cap" ? "spending_cap" : "quota");

/** All settings of an organization, allowances first, each from the smallest part on; what was never set goes everywhere. */
export async function readAlertSettings(sql: Sql, organizationId: string): Promise<AlertSettingInUse[]> {
  const rows = await sql<{ kind: AlertKind; percent: number; mail: boolean; webhook: boolean; last: unknown }>(
    `select k.kind, p.percent, coalesce(s.mail, true) as mail, coalesce(s.webhook, true) as webhook,
       (select max(a.at) from usage_alerts a
        where a.organization_id = $1 and a.percent = p.percent and (a.subject = 'spending_cap') = (k.kind = 'spending_cap')) as last
     from unnest($2::text[]) with ordinality as k (kind, place) cross join unnest($3::int4[]) as p (percent)
       left join alert_settings s on s.organization_id = $1 and s.kind = k.kind and s.percent = p.percent
     order by k.place, p.percent`,
    [organizationId, alertKinds, thresholds],
  );
  return rows.map(({ last, ...setting }) => ({ ...setting, lastRaisedAt: instantOrNull(last) }));
}

/**
 * Says where the alerts of one part go from now on. The portal shows them all the same.
 *
 * @returns all settings as they are then
 * @throws EdgeFault BAD_USER_INPUT — nothing is changed
 */
export async function setAlertSetting(scope: Scope, setting: AlertSetting): Promise<AlertSettingInUse[]> {
  const { kind, percent, mail, webhook } = setting;
  if (!thresholds.some((known) => known === percent))
    throw badInput(`percent must be one of ${thresholds.join(", ")}; ${percent} is not.`);
  const organizationId = tenantOf(scope);
  return inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    await sql(
      `insert into alert_settings (organization_id, kind, percent, mail, webhook, changed_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, kind, percent) do update set mail = excluded.mail, webhook = excluded.webhook, changed_at = excluded.changed_at`,
      [organizationId, kind, percent, mail, webhook, scope.clock()],
    );
    await recordAudit(sql, scope, {
      action: "alertSetting.set",
      target: `${kind} ${percent} %`,
      detail: { mail, webhook },
    });
    return readAlertSettings(sql, organizationId);
  });
}

/** Enough for people, too little to fill somebody's mailbox. */
const byHand = { name: "alerts.testMail", most: 3, spanSeconds: 3_600 };

/**
 * Sends a mail as alerts are sent to those who get them: owners, and those who pay.
 *
 * @returns their addresses
 * @throws EdgeFault RATE_LIMITED
 */
export async function sendTestAlert(scope: Scope): Promise<string[]> {
  const organizationId = tenantOf(scope);
  const taken = await scope.platform.rateLimits.take({ ...byHand, owner: organizationId });
  mustBeAllowed(taken, "Three tests an hour are sent.");
  return inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const contacts = await billingContacts(sql, organizationId);
    for (const to of contacts)
      await postMail(sql, { to, ...testLetter(scope.platform.config.publicUrl) }, systemClock());
    await recordAudit(sql, scope, { action: "alertSetting.tested", target: `${contacts.length} addresses` });
    return contacts;
  });
}

const testLetter = (publicUrl: string) => ({
  subject: "This is how alerts reach you",
  text: `This is a test that somebody of your organization asked for. Nothing has happened.\n\n${publicUrl}/app/billing/spending`,
});
