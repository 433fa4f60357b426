import { expect } from "vitest";
import { ALL_PAGES_MS, faultsOf, sendSome } from "./faults-of-pages.ts";
import { test } from "./frame.ts";
import { agreePlan, newKey, signUp } from "./people.ts";

test(
  "the public pages are accessible, fit on a phone, and nothing fails in them",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const page = await visit();
    const faults = await faultsOf(page, [
      "/",
      "/login",
      "/signup",
      "/forgot-password",
      "/reset-password?token=unknown",
      "/invitations/unknown",
      "/nowhere",
    ]);
    expect(faults).toEqual([]);
  },
);

test(
  "the portal's pages are accessible, fit on a phone, and nothing fails in them",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const page = await visit();
    const organization = await signUp(page);
    await agreePlan(await visit(), organization, "STARTER", "99");
    const [first] = await sendSome(await newKey(organization));
    const faults = await faultsOf(page, [
      "/app",
      "/app/quickstart",
      "/app/usage",
      "/app/usage/events",
      `/app/usage/events?open=${first.event.id}`,
      "/app/usage/events?tab=rejected",
      "/app/usage/holds",
      "/app/usage/decisions",
      "/app/billing/spending",
      "/app/billing/plan",
      "/app/billing/plan/change?to=PROFESSIONAL",
      "/app/billing/plan/change?to=NONE",
      "/app/billing/plan/cancel",
      "/app/billing/upcoming",
      "/app/billing/invoices",
      "/app/billing/payment",
      "/checkout/return?plan=STARTER",
      "/app/developers/keys",
      "/app/developers/webhooks",
      "/app/developers/webhooks/unknown",
      "/app/settings/members",
      "/app/settings/organization",
      "/app/profile",
      "/app/nowhere",
    ]);
    expect(faults).toEqual([]);
  },
);
