import type { Sql } from "../platform/database/sql.ts";
import { postMail } from "../platform/mail/post-mail.ts";
import { billingContacts } from "../users/billing-contacts.ts";

/** What people who pay are told by mail. Instants are shown in UTC. */
export type BillingNews =
  | { readonly kind: "past-due"; readonly plan: string; readonly accessUntil: Date; readonly payUrl: string | null }
  | { readonly kind: "restored"; readonly plan: string }
  | { readonly kind: "ended"; readonly plan: string }
  | { readonly kind: "trial-ends"; readonly plan: string; readonly endsAt: Date; readonly hasCard: boolean }
  | { readonly kind: "action-required"; readonly payUrl: string | null }
  | { readonly kind: "overdue"; readonly number: string; readonly payUrl: string | null };

type Letter = { readonly subject: string; readonly text: string };

/** The words for a piece of news. @param billingUrl where the plan can be looked at */
export function letterFor(news: BillingNews, billingUrl: string): Letter {
  switch (news.kind) {
    case "past-due":
      return {
        subject: `Your payment for ${news.plan} failed`,
        text: `The renewal of ${news.plan} could not be charged. It is tried again after 1, 3, 7 and 14 days.\n\nYour access stays until ${utc(news.accessUntil)}; then the limits of Free hold. Paying at any moment gives it back.\n\nPay now: ${news.payUrl ?? billingUrl}`,
      };
    case "restored":
      return {
        subject: `${news.plan} is paid`,
        text: `Thank you: the payment for ${news.plan} came in, and everything is as before.\n\n${billingUrl}`,
      };
    case "ended":
      return {
        subject: `${news.plan} has ended`,
        text: `Your plan ${news.plan} has ended. You are on Free now; your data stays. Usage up to the end is on one last invoice, if there was any past the allowance.\n\n${billingUrl}`,
      };
    case "trial-ends":
      return {
        subject: `Your trial ends on ${utc(news.endsAt)}`,
        text: news.hasCard
          ? `Your trial of ${news.plan} ends on ${utc(news.endsAt)}. From then on the card on file is charged for the plan. Cancel before, and nothing is charged.\n\n${billingUrl}`
          : `Your trial of ${news.plan} ends on ${utc(news.endsAt)}. Without a payment method you go on with Free; nothing is charged. To keep ${news.plan}, add one.\n\n${billingUrl}`,
      };
    case "overdue":
      return {
        subject: `Invoice ${news.number} is overdue`,
        text: `Invoice ${news.number} was due and is not paid yet. Access stays for 7 days after its due date.\n\nPay it: ${news.payUrl ?? billingUrl}`,
      };
    case "action-required":
      return {
        subject: "Your bank asks you to confirm a payment",
        text: `A payment waits for your confirmation.\n\nConfirm it: ${news.payUrl ?? billingUrl}`,
      };
  }
}

const utc = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/**
 * Posts a letter to the organization's owners and those who pay for it, in the transaction of the
 * change that it tells of.
 */
export async function postBillingMail(
  sql: Sql,
  organizationId: string,
  news: BillingNews,
  publicUrl: string,
  now: Date,
): Promise<void> {
  const letter = letterFor(news, `${publicUrl}/app/billing/plan`);
  for (const to of await billingContacts(sql, organizationId)) await postMail(sql, { to, ...letter }, now);
}
