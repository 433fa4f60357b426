import { formatExactInstant } from "../../lib/instant";

/** What was done, in words, by the code of the action. */
const WORDS: Readonly<Record<string, string>> = {
  "organization.read": "Looked into the organization",
  "organization.created": "Signed up",
  "organization.renamed": "Renamed the organization",
  "member.invited": "Invited a member",
  "member.joined": "Joined",
  "member.roleChanged": "Changed a member's role",
  "member.removed": "Removed a member",
  "invitation.revoked": "Took an invitation back",
  "apiKey.created": "Created an API key",
  "apiKey.rotated": "Rotated an API key",
  "apiKey.revoked": "Revoked an API key",
  "webhookEndpoint.created": "Added a webhook endpoint",
  "webhookEndpoint.changed": "Changed a webhook endpoint",
  "webhookEndpoint.disabled": "Switched a webhook endpoint off",
  "webhookEndpoint.deleted": "Deleted a webhook endpoint",
  "webhookEndpoint.secretRotated": "Rotated the secret of a webhook endpoint",
  "webhookEndpoint.secretRevealed": "Revealed the secret of a webhook endpoint",
  "webhookEndpoint.tested": "Sent a test to a webhook endpoint",
  "webhook.resent": "Sent a webhook message again",
  "session.opened": "Logged in",
  "session.ended": "Logged out",
  "session.othersEnded": "Ended the other sessions",
  "password.changed": "Changed the password",
  "password.reset": "Reset the password",
  "trial.started": "Started the trial",
  "plan.agreed": "Agreed a plan",
  "plan.published": "Published a plan version",
  "price.overridden": "Set a price of the customer's own",
  "price.restored": "Went back to the plan's price",
  "usageRoute.chosen": "Chose how usage reaches the invoice",
  "usage.voided": "Voided usage",
  "clock.advanced": "Advanced the sandbox clock",
  "staff.created": "Created a member of staff",
};

/** "Removed a member"; an action that is new to the app reads as its code does: "Spending cap raised". */
export function actionWords(action: string): string {
  const known = WORDS[action];
  if (known) return known;
  const words = action
    .replaceAll(".", " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What it was done to. A moment, as of the sandbox clock, reads as one. */
export const targetWords = (target: string): string =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(target) ? formatExactInstant(target, "UTC") : target;
