import { planUrl, spendingUrl } from "../../features/billing/urls";
import { usageUrl } from "../../features/usage/urls";
import type { PortalBannerQuery } from "../../gql/documents";
import { compareDecimals, isZero, multiplyDecimals } from "../../lib/decimal";
import { daysLeft, formatInstant, formatTimeLeft } from "../../lib/instant";
import { formatAmount } from "../../lib/money";
import { meterName } from "../../lib/quantity";

type Organization = PortalBannerQuery["organization"];
type Quota = NonNullable<Organization["quotas"]>[number];

export type Banner = {
  readonly tone: "bad" | "warn" | "info";
  readonly title: string;
  readonly text: string;
  /** The way out; `href` leads to a page of Stripe's, `to` to one of ours. */
  readonly act:
    | { readonly label: string; readonly href: string }
    | { readonly label: string; readonly to: string }
    | null;
};

/**
 * The one thing that every page says, by rank: money owed, work that stops, a plan that ends, a trial that ends, a
 * limit that comes near.
 */
export function bannerOf(organization: Organization, now: number): Banner | null {
  return (
    unpaid(organization, now) ??
    refused(organization) ??
    capped(organization) ??
    ending(organization) ??
    trialEnding(organization, now) ??
    nearLimit(organization.quotas ?? [])
  );
}

function unpaid({ subscription, openInvoices }: Organization, now: number): Banner | null {
  if (subscription?.status !== "PAST_DUE") return null;
  const invoice = openInvoices?.nodes[0];
  const { plan, accessUntil } = subscription;
  const amount =
    invoice && !isZero(invoice.amountRemaining.amount) ? ` of ${formatAmount(invoice.amountRemaining)}` : "";
  const next = invoice?.nextAttemptAt ? ` The next try is ${formatInstant(invoice.nextAttemptAt)}.` : "";
  const access =
    accessUntil === null
      ? ""
      : Date.parse(accessUntil) > now
        ? ` ${plan.name} stays until ${formatInstant(accessUntil)}.`
        : ` Since ${formatInstant(accessUntil)} Free's limits hold; paying restores ${plan.name} at once.`;
  return {
    tone: "bad",
    title: `The payment${amount} failed`,
    text: `${access}${next}`.trim(),
    act: invoice?.hostedUrl ? { label: "Pay now", href: invoice.hostedUrl } : { label: "See the plan", to: planUrl() },
  };
}

function refused({ subscription, quotas }: Organization): Banner | null {
  const full = quotas?.find(
    ({ limitKind, remaining }) => limitKind === "HARD" && remaining !== null && isZero(remaining),
  );
  if (!full) return null;
  return {
    tone: "warn",
    title: `No ${meterName(full.meter).toLowerCase()} left`,
    text: `New work is refused until ${formatInstant(full.resetAt)}.`,
    // Plans are for those who may see bills.
    act: subscription ? { label: "See larger plans", to: planUrl() } : null,
  };
}

function capped({ spending }: Organization): Banner | null {
  if (!spending?.reached || !spending.cap) return null;
  return {
    tone: "warn",
    title: `The spending cap of ${formatAmount(spending.cap)} is reached`,
    text: `New work that costs something is refused until ${formatInstant(spending.resetAt)}; what runs is recorded and billed.`,
    act: { label: "See the cap", to: spendingUrl() },
  };
}

function ending({ subscription }: Organization): Banner | null {
  if (!subscription?.cancelAt || subscription.status === "CANCELED") return null;
  return {
    tone: "info",
    title: `${subscription.plan.name} ends on ${formatInstant(subscription.cancelAt)}`,
    text: "The Free plan follows. It can be taken back until then.",
    act: { label: "See the plan", to: planUrl() },
  };
}

const TRIAL_DAYS = 3;

function trialEnding({ subscription }: Organization, now: number): Banner | null {
  if (subscription?.status !== "TRIALING" || !subscription.trialEndsAt) return null;
  const { trialEndsAt, plan, paymentMethod } = subscription;
  if (daysLeft(trialEndsAt, now) > TRIAL_DAYS) return null;
  return {
    tone: "info",
    title: `The trial ends in ${formatTimeLeft(trialEndsAt, now)}`,
    text: paymentMethod
      ? `${plan.name} follows on ${formatInstant(trialEndsAt)}.`
      : `Without a payment method the Free plan follows on ${formatInstant(trialEndsAt)}.`,
    act: { label: paymentMethod ? "See the plan" : "Choose what follows", to: planUrl() },
  };
}

const NEAR = "0.8";

function nearLimit(quotas: readonly Quota[]): Banner | null {
  const near = quotas.find(
    ({ limit, used, limitKind }) =>
      limitKind !== "NONE" && limit !== null && !isZero(limit) && isBetween(used, multiplyDecimals(limit, NEAR), limit),
  );
  if (!near) return null;
  return {
    tone: "info",
    title: `80 % of the ${meterName(near.meter).toLowerCase()} are used`,
    text:
      near.limitKind === "HARD"
        ? `Past the allowance new work is refused until ${formatInstant(near.resetAt)}.`
        : `Past the allowance each unit is billed until ${formatInstant(near.resetAt)}.`,
    act: { label: "See the usage", to: usageUrl() },
  };
}

const isBetween = (value: string, from: string, to: string): boolean =>
  compareDecimals(value, from) >= 0 && compareDecimals(value, to) < 0;
