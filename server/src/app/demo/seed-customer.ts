import { createApiKey } from "../../auth/create-api-key.ts";
import { acceptInvitation } from "../../auth/accept-invitation.ts";
import { registerOwner } from "../../auth/register-owner.ts";
import { monthlyMinorOf } from "../../catalog/plan-terms.ts";
import { currentPlan } from "../../catalog/read-catalog.ts";
import { DAY_MS, HOUR_MS } from "../../kernel/clock.ts";
import { majorFromMinor } from "../../kernel/money.ts";
import { sqlIn } from "../../platform/database/sql.ts";
import { asPlatform, inTenant, type Scope } from "../../platform/scope.ts";
import { agreePlan } from "../../subscriptions/agree-plan.ts";
import { openSubscription } from "../../subscriptions/open-subscription.ts";
import { startTrial } from "../../subscriptions/start-trial.ts";
import { inviteMember } from "../../users/invite-member.ts";
import { invitationLink } from "../../users/invitation-link.ts";
import { User } from "../../users/user.entity.ts";
import { Member } from "../../users/member.entity.ts";
import { recordUsage } from "../../usage/record-usage.ts";
import { voidUsage } from "../../usage/void-usage.ts";
import { excludePast, payByCard } from "./pay-by-card.ts";
import type { DemoCustomer } from "./customers.ts";
import { Random } from "./random.ts";
import { daysBetween, usageOfDay } from "./usage-of-day.ts";

/** The same scope at another time. */
const at = (scope: Scope, instant: Date): Scope => ({ ...scope, clock: () => instant });

/**
 * Lets one customer live from its sign-up until now, through the same use cases as everybody: plan,
 * usage in weekly reports, some mistakes taken back. A life that was cut short is taken up again.
 */
export async function seedCustomer(scope: Scope, customer: DemoCustomer, index: number): Promise<void> {
  const now = scope.clock();
  const random = new Random(1_000 + index);
  const joinedAt = new Date(now.getTime() - customer.ageDays * DAY_MS - random.between(1, 5) * HOUR_MS);
  const organizationId = await register(at(scope, joinedAt), customer);
  const tenant = inTenant(scope, organizationId);

  if (customer.trial !== undefined) await startTrialOnce(at(tenant, new Date(joinedAt.getTime() + HOUR_MS)), customer);
  else if (customer.plan !== "free")
    await agreeOnce(at(tenant, new Date(joinedAt.getTime() + HOUR_MS)), customer, organizationId);

  const usageFrom = new Date(joinedAt.getTime() + 2 * HOUR_MS);
  const days = daysBetween(usageFrom, now);
  for (let first = 0; first < days.length; first += REPORT_DAYS) {
    const week = days.slice(first, first + REPORT_DAYS);
    const until = new Date(Math.min(now.getTime(), (week.at(-1)?.getTime() ?? 0) + DAY_MS));
    const events = week
      .flatMap((day, offset) => usageOfDay(customer, random, day, first + offset, until))
      .filter(({ occurredAt }) => (occurredAt?.getTime() ?? 0) > usageFrom.getTime());
    for (let start = 0; start < events.length; start += 500)
      await recordUsage(at(tenant, until), organizationId, events.slice(start, start + 500));
  }
  await makeMistakes(scope, tenant, organizationId, customer);
  await excludePast(tenant, organizationId);
  const paysByCard = customer.trial === undefined && (customer.plan === "starter" || customer.plan === "professional");
  if (paysByCard) await payByCard(tenant, organizationId);
  if (customer.slug === "acme") await peopleAcme(tenant);
}

/** Usage is reported at the end of each such span. */
const REPORT_DAYS = 3;

async function register(scope: Scope, { name, slug }: DemoCustomer): Promise<string> {
  const email = `owner@${slug}.example`;
  const known = await asPlatform(scope).em.findOne(User, { email });
  if (known) return (await asPlatform(scope).em.findOneOrFail(Member, { userId: known.id })).organizationId;
  return asPlatform(scope).em.transactional(async (em) => {
    const { organization } = await registerOwner(
      { ...scope, em },
      { email, password: scope.platform.config.demoPassword, organizationName: name },
    );
    await openSubscription(sqlIn(em), organization.id, scope.clock());
    return organization.id;
  });
}

async function planOf(
  scope: Scope,
  organizationId: string,
): Promise<{ plan_code: string; trial_used: boolean } | undefined> {
  const [row] = await sqlIn(scope.em)<{ plan_code: string; trial_used: boolean }>(
    "select plan_code, trial_used from subscriptions where organization_id = $1",
    [organizationId],
  );
  return row;
}

async function agreeOnce(scope: Scope, customer: DemoCustomer, organizationId: string): Promise<void> {
  if ((await planOf(scope, organizationId))?.plan_code === customer.plan) return;
  const plan = await currentPlan(sqlIn(scope.em), customer.plan);
  await agreePlan(scope, {
    organizationId,
    plan: customer.plan,
    monthlyPrice: customer.price ?? majorFromMinor(monthlyMinorOf(plan.terms)),
  });
}

async function startTrialOnce(scope: Scope, { plan }: DemoCustomer): Promise<void> {
  if ((await planOf(scope, scope.organizationId ?? ""))?.trial_used) return;
  await startTrial(scope, plan);
}

/** Two calls that were refused, and now and then an event that was wrong. */
async function makeMistakes(
  scope: Scope,
  tenant: Scope,
  organizationId: string,
  customer: DemoCustomer,
): Promise<void> {
  if (customer.generations === 0) return;
  await recordUsage(tenant, organizationId, [
    { idempotencyKey: `${customer.slug}-forgot-complexity`, action: "GENERATION" },
    {
      idempotencyKey: `${customer.slug}-too-old`,
      action: "EXPORT",
      computeTimeMs: 9_000,
      occurredAt: new Date(scope.clock().getTime() - 40 * DAY_MS),
    },
  ]);
  const [row] = await sqlIn(tenant.em)<{ key: string }>(
    `select e.idempotency_key as key from usage_events e where e.organization_id = $1 and e.action = 'GENERATION' and not e.failed
       and not exists (select from usage_voids v where v.organization_id = e.organization_id) order by e.position desc offset 7 limit 1`,
    [organizationId],
  );
  if (row && customer.plan !== "free")
    await voidUsage(tenant, {
      organizationId,
      idempotencyKey: row.key,
      reason: "Reported twice by a retry with a new key",
    });
}

/** The people of the demo log-ins, one invitation that waits, and two keys. */
async function peopleAcme(tenant: Scope): Promise<void> {
  const owner = await asPlatform(tenant).em.findOneOrFail(User, { email: "owner@acme.example" });
  const asOwner: Scope = {
    ...tenant,
    viewer: {
      kind: "user",
      id: owner.id,
      organizationId: tenant.organizationId,
      label: owner.email,
      staff: false,
      sessionId: null,
      role: "OWNER",
      keyPrefix: null,
      permissions: new Set(["members:write", "keys:write"]),
    },
  };
  for (const [email, role] of [
    ["billing@acme.example", "BILLING"],
    ["dev@acme.example", "MEMBER"],
  ] as const) {
    if (await asPlatform(tenant).em.findOne(User, { email })) continue;
    const invitation = await inviteMember(asOwner, { email, role });
    const token = new URL(invitationLink(tenant.platform.config, invitation)).pathname.split("/").at(-1) ?? "";
    await acceptInvitation(
      { ...asPlatform(tenant), viewer: null },
      { token, password: tenant.platform.config.demoPassword },
    );
  }
  const [keys] = await sqlIn(tenant.em)<{ count: number }>(
    "select count(*)::int as count from api_keys where organization_id = $1",
    [tenant.organizationId],
  );
  if (keys?.count !== 0) return;
  await inviteMember(asOwner, { email: "grace@acme.example", role: "ADMIN" });
  await createApiKey(asOwner, { name: "CI pipeline", scopes: ["usage:write", "usage:read"] });
  await createApiKey(asOwner, { name: "Finance export", scopes: ["billing:read"] });
}
