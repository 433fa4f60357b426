import { divide, type Exact, exact, subtract, toDecimal } from "../kernel/exact.ts";
import { majorFromMinor, majorFromNanos, nanosFromMinor } from "../kernel/money.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import type { Platform } from "../platform/scope.ts";
import { type MeterCode, meterUnit } from "../rating/meter.ts";
import type { CurrentSubscription } from "../subscriptions/current-subscription.ts";
import { lockSubscription } from "../subscriptions/lock-subscription.ts";
import { thresholds } from "../usage/thresholds.ts";
import { billingContacts } from "../users/billing-contacts.ts";
import { publishWebhooks } from "../webhooks/publish-webhook.ts";
import type { WebhookEvent } from "../webhooks/webhook-event.ts";
import { kindOf, readAlertSettings } from "./alert-settings.ts";
import { readMeters, spentOn } from "./read-standings.ts";
import type { AlertSubject } from "./usage-alert.entity.ts";

/** A part of a limit that usage has reached. */
type Reached = {
  readonly subject: AlertSubject;
  readonly percent: number;
  readonly used: string;
  readonly limit: string;
};

/**
 * Raises the alerts that an organization's usage of its current period calls for: each once in a
 * period, however often it is looked, in one transaction. Where its settings say so, a mail goes to
 * those who own and pay and news to the endpoints that have chosen them. A later void or a larger
 * allowance takes none back.
 */
export async function raiseAlerts(platform: Platform, organizationId: string): Promise<void> {
  const now = platform.clock();
  await inPlatformTransaction(platform.pool, async (sql) => {
    const subscription = await lockSubscription(sql, organizationId, now);
    if (!subscription) return;
    const reached = await partsReached(sql, subscription, now);
    const fresh = await saveAlerts(sql, subscription, reached, now);
    if (fresh.length === 0) return;
    const settings = await readAlertSettings(sql, organizationId);
    const goBy = (channel: "mail" | "webhook") =>
      fresh.filter(({ subject, percent }) =>
        settings.some((setting) => setting[channel] && setting.kind === kindOf(subject) && setting.percent === percent),
      );
    await publishWebhooks(
      sql,
      goBy("webhook").map((alert) => newsOf(subscription, alert, now)),
    );
    const mails = goBy("mail");
    const contacts = mails.length === 0 ? [] : await billingContacts(sql, organizationId);
    for (const alert of mails)
      for (const to of contacts) await postMail(sql, { to, ...letterFor(alert, platform.config.publicUrl) }, now);
  });
}

async function partsReached(sql: Sql, subscription: CurrentSubscription, now: Date): Promise<Reached[]> {
  const { organizationId, card, trialEndsAt } = subscription;
  const meters = (await readMeters(sql, [subscription])).get(organizationId)?.meters ?? [];
  const trial = trialEndsAt !== null && now.getTime() < trialEndsAt.getTime();
  const quotas = meters.flatMap(({ meter, quantity }): Reached[] => {
    const { included } = card.meters[meter];
    if (trial || included === null) return [];
    return partsOf(quantity, exact(included)).map((percent) => ({
      subject: meter,
      percent,
      used: toDecimal(quantity),
      limit: included.toString(),
    }));
  });
  const [cap] = await sql<{ cap_minor: string }>("select cap_minor from spending_caps where organization_id = $1", [
    organizationId,
  ]);
  if (!cap) return quotas;
  const spent = spentOn(meters);
  const capMinor = BigInt(cap.cap_minor);
  return [
    ...quotas,
    ...partsOf(spent, nanosFromMinor(capMinor)).map((percent) => ({
      subject: "spending_cap" as const,
      percent,
      used: majorFromNanos(spent),
      limit: majorFromMinor(capMinor),
    })),
  ];
}

/** Nothing used has reached no part, also of a limit of nothing. */
const partsOf = (used: Exact, limit: Exact): number[] =>
  used.numerator <= 0n
    ? []
    : thresholds.filter((percent) => subtract(divide(used, BigInt(percent)), divide(limit, 100n)).numerator >= 0n);

async function saveAlerts(
  sql: Sql,
  { organizationId, currentPeriodId }: CurrentSubscription,
  reached: readonly Reached[],
  now: Date,
): Promise<Reached[]> {
  if (reached.length === 0) return [];
  const rows = await sql<{ subject: string; percent: number }>(
    `insert into usage_alerts (organization_id, period_id, subject, percent, at, used, out_of)
     select $1, $2, subject, percent, $3, used, "limit" from json_to_recordset($4::json) as r (subject text, percent int4, used text, "limit" text)
     on conflict do nothing returning subject, percent`,
    [organizationId, currentPeriodId, now, JSON.stringify(reached)],
  );
  return reached.filter(({ subject, percent }) =>
    rows.some((row) => row.subject === subject && row.percent === percent),
  );
}

/** Quantities are exact decimals of the meter's unit, money of the currency's major unit. */
function newsOf(subscription: CurrentSubscription, { subject, percent, used, limit }: Reached, at: Date): WebhookEvent {
  const {
    organizationId,
    currentPeriodId,
    currentPeriodStart: periodStart,
    currentPeriodEnd: periodEnd,
  } = subscription;
  const period = { periodStart, periodEnd };
  return subject === "spending_cap"
    ? {
        organizationId,
        type: "spending_cap.alert",
        key: `spending_cap.alert:${currentPeriodId}:${percent}`,
        at,
        data: { percent, spent: used, cap: limit, currency: "USD", ...period },
      }
    : {
        organizationId,
        type: "usage.alert",
        key: `usage.alert:${currentPeriodId}:${subject}:${percent}`,
        at,
        data: { meter: subject, percent, used, limit, unit: meterUnit[subject], ...period },
      };
}

const names: Readonly<Record<MeterCode, string>> = {
  generations: "generations",
  api_calls: "API calls",
  storage: "storage",
  compute: "compute",
};

/** A decimal with its first `places` places, as people read it. */
const cut = (decimal: string, places: number): string => {
  const [whole = "", fraction = ""] = decimal.split(".");
  return fraction === "" ? whole : `${whole}.${fraction.slice(0, places)}`;
};

function letterFor({ subject, percent, used, limit }: Reached, publicUrl: string): { subject: string; text: string } {
  if (subject === "spending_cap")
    return {
      subject: `${percent} % of your spending cap is used`,
      text: `Usage of this period has cost $${cut(used, 2)} of the $${limit} that you allow.${percent === 100 ? " New work that would cost something is refused until you raise the cap or the period ends; work that is recorded is billed all the same." : ""}\n\n${publicUrl}/app`,
    };
  return {
    subject: `${percent} % of your ${names[subject]} are used`,
    text: `${cut(used, 3)} of ${limit} ${meterUnit[subject]}s of this period's allowance are used.\n\n${publicUrl}/app/usage`,
  };
}
