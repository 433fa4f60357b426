import { recordAudit } from "../audit/record-audit.ts";
import type { PriceInput } from "../catalog/plan.input.ts";
import { InvalidCatalog } from "../catalog/plan.refusals.ts";
import { meterOf, priceKeyFromInput, priceTermsFrom } from "../catalog/price-from-input.ts";
import type { Sql } from "../platform/database/sql.ts";
import { inTenantTransaction } from "../platform/database/tenant-transaction.ts";
import { badInput, notFound } from "../platform/graphql/errors.ts";
import { isUuid, newId } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import type { CurrentSubscription } from "./current-subscription.ts";
import { lockSubscription } from "./lock-subscription.ts";
import { withOverrides } from "./subscription.ts";

/**
 * Gives one organization a price of its own for usage accepted from now on; it replaces an earlier
 * one for the same use. What was rated before stays as it was.
 *
 * @throws InvalidCatalog — nothing is changed
 */
export async function setPriceOverride(
  scope: Scope,
  input: { organizationId: string; price: PriceInput; note: string },
): Promise<void> {
  const note = input.note.trim();
  if (note === "" || note.length > 500)
    throw badInput("note must say in 1 to 500 characters why this customer has its own price.");
  const meter = meterOf(input.price.meter);
  if (input.price.premiumMultiplier)
    throw new InvalidCatalog("The premium multiplier is the plan's; override the price alone.");
  const priceKey = priceKeyFromInput(meter, input.price);
  const price = priceTermsFrom(input.price);
  const now = scope.clock();

  await changing(scope, input.organizationId, async (sql, subscription) => {
    try {
      withOverrides(subscription.plan.card, [...subscription.overrides, { meter, priceKey, price }]);
    } catch (error) {
      if (error instanceof RangeError) throw new InvalidCatalog(error.message);
      throw error;
    }
    await sql(
      "update price_overrides set ended_at = $4 where organization_id = $1 and meter = $2 and price_key = $3 and ended_at is null",
      [input.organizationId, meter, priceKey, now],
    );
    await sql(
      "insert into price_overrides (organization_id, id, meter, price_key, price, note, created_at) values ($1, $2, $3, $4, $5::jsonb, $6, $7)",
      [input.organizationId, newId(), meter, priceKey, JSON.stringify(price), note, now],
    );
    await recordAudit(sql, scope, {
      organizationId: input.organizationId,
      action: "price.overridden",
      target: `${meter} ${priceKey}`,
      detail: { price, note },
    });
  });
}

/** Puts one organization back to the plan's price for usage accepted from now on. */
export async function removePriceOverride(scope: Scope, input: { organizationId: string; id: string }): Promise<void> {
  if (!isUuid(input.id)) throw notFound("The price override");
  const now = scope.clock();
  await changing(scope, input.organizationId, async (sql) => {
    const ended = await sql<{ meter: string; price_key: string }>(
      "update price_overrides set ended_at = $3 where organization_id = $1 and id = $2 and ended_at is null returning meter, price_key",
      [input.organizationId, input.id, now],
    );
    if (!ended[0]) throw notFound("The price override");
    await recordAudit(sql, scope, {
      organizationId: input.organizationId,
      action: "price.restored",
      target: `${ended[0].meter} ${ended[0].price_key}`,
    });
  });
}

async function changing(
  scope: Scope,
  organizationId: string,
  change: (sql: Sql, subscription: CurrentSubscription) => Promise<void>,
): Promise<void> {
  if (!isUuid(organizationId)) throw notFound("The organization");
  await inTenantTransaction(scope.platform.pool, organizationId, async (sql) => {
    const subscription = await lockSubscription(sql, organizationId, scope.clock());
    if (!subscription) throw notFound("The organization");
    await change(sql, subscription);
  });
}
