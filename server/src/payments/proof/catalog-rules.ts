import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import {
  SELECT_SUBSCRIPTIONS,
  subscriptionsOf,
  type SubscriptionRow,
} from "../../subscriptions/current-subscription.ts";
import { driftOf } from "../check-drift.ts";
import { mirrorDrift } from "../lists/mirror-drift.ts";
import { grantedSubscriptions } from "../stripe-subscription.ts";
import type { LedgerRule, StripeRule } from "./proof.ts";

const CATALOG = "stripe-catalog";

/** Each product and price that we made at Stripe is as the catalog has it. */
export const catalogRule: StripeRule = {
  name: CATALOG,
  prove: async (platform, findings) => {
    const prices = await inPlatformTransaction(platform.pool, (sql) =>
      sql<{ price_id: string; product_id: string }>(
        "select price_id, product_id from stripe_prices union all select price_id, product_id from stripe_meters",
      ),
    );
    const objects = [
      ...prices.map(({ price_id: id }) => ({ kind: "price", id }) as const),
      ...[...new Set(prices.map(({ product_id }) => product_id))].map((id) => ({ kind: "product", id }) as const),
    ];
    findings.checked(CATALOG, objects.length);
    for (const { kind, id } of objects)
      for (const fault of (await driftOf(platform, kind, id)) ?? [])
        findings.differs({ rule: CATALOG, organizationId: null, object: id, field: kind, ours: null, stripes: fault });
  },
};

const STANDING = "subscriptions";

/** The subscription that rating stands on is the one that Stripe bills. What is under way is left out. */
export const standingRule: LedgerRule = {
  name: STANDING,
  prove: async (sql, { ids, organizationIds }, findings) => {
    const busy = await sql<{ organization_id: string }>(
      `select organization_id from stripe_outbox where state = 'PENDING' and organization_id = any($1::uuid[])
       union select o.organization_id from stripe_inbox e join stripe_owners o on o.stripe_id = e.lane
         where e.state = 'RECEIVED' and o.organization_id = any($1::uuid[])`,
      [ids],
    );
    const underWay = new Set(busy.map(({ organization_id }) => organization_id));
    const rows = await sql<SubscriptionRow>(`${SELECT_SUBSCRIPTIONS} where s.organization_id = any($1::uuid[])`, [ids]);
    const granted = await grantedSubscriptions(sql, organizationIds);
    findings.checked(STANDING, rows.length);
    for (const subscription of await subscriptionsOf(sql, rows)) {
      const { organizationId, id } = subscription;
      if (underWay.has(organizationId)) continue;
      const drift = mirrorDrift(subscription, granted.get(organizationId) ?? null, findings.now);
      for (const field of drift)
        findings.differs({ rule: STANDING, organizationId, object: id, field, ours: "differs", stripes: null });
    }
  },
};
