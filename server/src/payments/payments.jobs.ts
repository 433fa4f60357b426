import { PRICE_PLAN_JOB } from "../catalog/publish-plan-version.ts";
import type { Job } from "../platform/jobs/job.ts";
import { followSubscription } from "./follow-subscription.ts";
import { followUnknown } from "./follow-unknown.ts";
import { priceOfPlan } from "./plan-prices.ts";
import { makeCalls, organizationsWithCalls } from "./make-calls.ts";
import { FOLLOW_SUBSCRIPTION_JOB } from "../subscriptions/follow-subscription.job.ts";
import { WORK_INBOX_JOB } from "./receive-events.ts";
import { MAKE_CALLS_JOB } from "./stripe-outbox.ts";
import { workInbox } from "./work-inbox.ts";

/** Works the events that wait in the inbox: asked for by each that arrives, and each minute for what was left behind. */
export const workInboxJob: Job = {
  name: WORK_INBOX_JOB,
  cron: "* * * * *",
  run: async (platform) => {
    await platform.refreshClock?.();
    await workInbox(platform);
  },
};

/** Makes the calls of one organization, or, each minute, all that are due: what a crash left in the outbox is finished here. */
export const makeCallsJob: Job = {
  name: MAKE_CALLS_JOB,
  cron: "* * * * *",
  run: async (platform, payload) => {
    await platform.refreshClock?.();
    const one = organizationIn(payload);
    const organizations = one === null ? await organizationsWithCalls(platform) : [one];
    for (const organizationId of organizations) await makeCalls(platform, organizationId);
  },
};

/** Brings Stripe after a trial or an agreement that began on our side. */
export const followSubscriptionJob: Job = {
  name: FOLLOW_SUBSCRIPTION_JOB,
  run: async (platform, payload) => {
    await platform.refreshClock?.();
    const organizationId = organizationIn(payload);
    if (organizationId !== null) await followSubscription(platform, organizationId);
  },
};

/** Each hour: trials and plans that Stripe has never heard of. */
export const followUnknownJob: Job = {
  name: "payments.follow-unknown",
  cron: "23 * * * *",
  run: async (platform) => {
    await platform.refreshClock?.();
    await followUnknown(platform);
  },
};

/** Makes the price of a newly published plan version, so that the first who buys it need not wait. */
export const pricePlanJob: Job = {
  name: PRICE_PLAN_JOB,
  run: async (platform, payload) => {
    if (typeof payload !== "object" || payload === null || !("planVersionId" in payload)) return;
    if (typeof payload.planVersionId === "string") await priceOfPlan(platform, payload.planVersionId);
  },
};

function organizationIn(payload: unknown): string | null {
  if (typeof payload !== "object" || payload === null || !("organizationId" in payload)) return null;
  return typeof payload.organizationId === "string" ? payload.organizationId : null;
}
