import { expect, test } from "vitest";
import { faultsOfAnswer } from "./contract-faults.ts";
import { KnownIds, numbersFrom, OddRequests } from "./odd-requests.ts";
import { newWorld, SECRET_KEY, type World } from "./world.ts";

/** A form as the SDK writes it. */
const form = (value: object, at = ""): [string, string][] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const name = at === "" ? key : `${at}[${key}]`;
    return typeof inner === "object" && inner !== null ? form(inner, name) : [[name, String(inner)]];
  });

async function send({ standIn }: World, method: string, path: string, params: object) {
  const text = new URLSearchParams(form(params)).toString();
  const isPost = method === "POST";
  const url = new URL(standIn.url + path + (isPost || text === "" ? "" : `?${text}`));
  const type = isPost ? { "content-type": "application/x-www-form-urlencoded" } : {};
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${SECRET_KEY}`, ...type },
    ...(isPost ? { body: text } : {}),
  });
  return { status: answer.status, url, body: await answer.json() };
}

/** Customers with cards and subscriptions, prices of all sorts and a meter. */
async function furnish(world: World): Promise<void> {
  const { stripe } = world;
  const recurring = { interval: "month" } as const;
  const prices: string[] = [];
  for (const unit_amount of [0, 500, 2900, 9900]) {
    const price = { currency: "usd", unit_amount, recurring, product_data: { name: `P${unit_amount}` } };
    prices.push((await stripe.prices.create(price)).id);
  }
  await stripe.prices.create({ currency: "usd", unit_amount: 100, product_data: { name: "Once" } });
  await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  for (const card of ["pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail", "pm_card_authenticationRequired"]) {
    const { id: customer } = await stripe.customers.create();
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    const items = [{ price: prices[2]! }];
    await stripe.subscriptions.create({ customer, default_payment_method: id, items });
  }
}

test.each([1, 2, 3])("no request, however odd, breaks the stand-in or the contract (seed %i)", async (seed) => {
  const world = await newWorld();
  await furnish(world);
  const ids = new KnownIds();
  for (const path of [
    "customers",
    "prices",
    "products",
    "subscriptions",
    "invoices",
    "payment_methods",
    "billing/meters",
  ]) {
    ids.note((await send(world, "GET", `/v1/${path}`, { limit: 100 })).body);
  }
  const odd = new OddRequests(numbersFrom(seed), ids);
  const found = new Set<string>();
  const statuses = new Map<number, number>();
  let now = Math.floor(Date.now() / 1000);
  for (let index = 0; index < 800; index += 1) {
    const { method, path, params } = odd.make(now);
    const { status, url, body } = await send(world, method, path, params);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const faults = status >= 500 ? [JSON.stringify(params)] : faultsOfAnswer(method, url, status, body);
    for (const fault of faults) found.add(`${method} ${path} ${status}: ${fault}`);
    ids.note(body);
    if (index % 40 === 39) {
      now = Math.floor((await world.local("GET", "clock")).now / 1000) + 6 * 86_400;
      await world.advanceTo(now);
    }
  }
  await world.local("POST", "webhooks/flush");
  // Of an error the contract does not tell all fields that Stripe's has.
  expect(
    [...found].filter((fault) => !/error\.(payment_intent|payment_method|setup_intent): unknown/.test(fault)),
  ).toEqual([]);
  expect(world.faults).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(150);
});
