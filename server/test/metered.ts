import { expect } from "vitest";
import { newPayer, type Payer } from "./payer.ts";
import { asOwner } from "./stripe-events.ts";
import type { StripeWorld } from "./stripe-world.ts";
import type { Asker } from "./world.ts";

export const ROUTES = `usageRoutes { meter route next changesAt atStripe }`;

/** Chooses the route of a meter as staff. */
export async function choose(payer: Payer, meter: string, route = "STRIPE_METER", asker: Asker = payer.world.admin) {
  const { data, errors } = await asker.ask(
    `mutation($input: SetUsageRouteInput!) { setUsageRoute(input: $input) { __typename ... on Refusal { message } ... on Organization { ${ROUTES} } } }`,
    { input: { organizationId: payer.id, meter, route } },
  );
  return errors?.[0] ? { fault: errors[0].extensions.code, message: errors[0].message } : data.setUsageRoute;
}

/** How one meter goes, as staff see it. */
export async function routeOf(payer: Payer, meter: string) {
  const { organization } = await payer.world.admin.get(`query($id: ID!) { organization(id: $id) { ${ROUTES} } }`, {
    id: payer.id,
  });
  return organization.usageRoutes.find((route: { meter: string }) => route.meter === meter);
}

/** Goes to a minute after the end of the current period. */
export const toNextPeriod = async (payer: Payer): Promise<void> =>
  payer.world.advance(new Date(Date.parse((await payer.billing()).currentPeriodEnd) + 60_000));

/** What was reported to meters for an organization, by meter and value, oldest first. */
export const reports = (payer: Payer) =>
  asOwner<{ meter: string; value: string; state: string; attempts: number }>(
    `select params ->> 'meter' as meter, params ->> 'value' as value, state, attempts from stripe_outbox
     where organization_id = $1 and kind = 'meter.report' order by id`,
    [payer.id],
  );

export const charges = (payer: Payer) =>
  asOwner<{ id: string; meter: string; route: string; state: string; amount: string }>(
    `select id, meter, route, state, amount_minor as amount from usage_charges where organization_id = $1 order by period_start, meter`,
    [payer.id],
  );

export const routesOf = async (payer: Payer): Promise<string[]> =>
  (await charges(payer)).map(({ meter, route, state }) => `${meter} ${route} ${state}`);

/** What Stripe has counted for a customer in all, in minor units. */
export async function counted(payer: Payer, meter: string): Promise<number> {
  const [known] = await asOwner<{ meter_id: string }>("select meter_id from stripe_meters where meter = $1", [meter]);
  const now = Math.ceil(payer.world.now().getTime() / 60_000) * 60;
  const { data } = await payer.world.stripe.billing.meters.listEventSummaries(known!.meter_id, {
    customer: (await payer.stripeCustomer()).id,
    start_time: now - 400 * 86_400,
    end_time: now + 86_400,
  });
  return data[0]?.aggregated_value ?? 0;
}

/** What the ledger says that the next invoice comes to. */
export const upcomingTotal = async (payer: Payer): Promise<string> =>
  (await payer.owner.get(`{ organization { upcomingInvoice { total { amount } } } }`)).organization.upcomingInvoice
    .total.amount;

/** A customer one of whose meters goes by Stripe's, in the period that runs. */
export async function meteredPayer(world: StripeWorld): Promise<Payer> {
  const payer = await newPayer(world, "STARTER");
  expect(await choose(payer, "api_calls")).toMatchObject({ __typename: "Organization" });
  await toNextPeriod(payer);
  expect(await routeOf(payer, "api_calls")).toMatchObject({ route: "STRIPE_METER", next: "STRIPE_METER" });
  return payer;
}

/** Tells a meter of an amount that no charge is behind. */
export const strayReport = async (payer: Payer, value: string, at = payer.world.now()) =>
  payer.world.stripe.billing.meterEvents.create({
    event_name: "qlp_api_calls_minor",
    identifier: `stray:${payer.id}:${value}`,
    timestamp: Math.floor(at.getTime() / 1000),
    payload: { stripe_customer_id: (await payer.stripeCustomer()).id, value },
  });
