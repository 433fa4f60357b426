import { type AuditScope, recordAudit } from "../audit/record-audit.ts";
import type { Sql } from "../platform/database/sql.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { type Platform, platformScope } from "../platform/scope.ts";
import { keyManagers } from "../users/key-managers.ts";

type Endpoint = { readonly organizationId: string; readonly id: string; readonly url: string };

/** Switches an endpoint off that nothing reaches any more, and tells those who manage it. Doing it again changes nothing. */
export async function disableEndpoint(
  sql: Sql,
  platform: Platform,
  { organizationId, id, url }: Endpoint,
  because: "failing" | "gone",
  now: Date,
): Promise<void> {
  const disabled = await sql(
    `update webhook_endpoints set disabled_at = $3, disabled_because = $4
     where organization_id = $1 and id = $2 and disabled_at is null returning id`,
    [organizationId, id, now, because],
  );
  if (disabled.length === 0) return;
  await giveUpDeliveries(sql, organizationId, id, now);
  const scope: AuditScope = { ...platformScope(platform, id), organizationId };
  await recordAudit(sql, scope, { action: "webhookEndpoint.disabled", target: url, detail: { because } });
  const letter = letterFor(because, url, `${platform.config.publicUrl}/app/developers/webhooks/${id}`);
  for (const to of await keyManagers(sql, organizationId)) await postMail(sql, { to, ...letter }, now);
}

/** What waits for an endpoint that is off ends here, and can be sent again by hand. */
export const giveUpDeliveries = async (
  sql: Sql,
  organizationId: string,
  endpointId: string,
  now: Date,
): Promise<void> => {
  await sql(
    `update webhook_deliveries set state = 'FAILED', next_try_at = null, ended_at = $3
     where organization_id = $1 and endpoint_id = $2 and state = 'PENDING'`,
    [organizationId, endpointId, now],
  );
};

const letterFor = (because: "failing" | "gone", url: string, link: string): { subject: string; text: string } => ({
  subject: "A webhook endpoint was switched off",
  text: `${
    because === "gone"
      ? `${url} answered 410 Gone, which says that it will not come back.`
      : `Nothing has reached ${url} for three days.`
  } Nothing more is sent to it until you switch it on again; what it missed can be sent again from its log.\n\n${link}`,
});
