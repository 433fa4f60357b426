import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { test } from "./frame.ts";
import { subscribe } from "./hosted-pages.ts";
import { logInStaff, newKey, type Organization, send, signUp } from "./people.ts";

/** What is due on the way is done one after another, for all organizations there are. */
const ADVANCE_MS = 120_000;

const clockOf = (page: Page) => page.getByRole("complementary", { name: "Sandbox clock" });

const newestInvoice = async ({ ask }: Organization) => {
  const { organization } = await ask("{ organization { invoices(first: 1) { nodes { id number status } } } }");
  return organization.invoices.nodes[0];
};

/** Goes to the end of the organization's period by one click in the clock's bar. */
async function toPeriodEnd(page: Page, { id }: Organization): Promise<void> {
  await page.goto(`/console/organizations/${id}/invoices`);
  await clockOf(page)
    .getByRole("button", { name: /^Period end/ })
    .click();
  await clockOf(page).getByText("What is due on the way is done one after another.").waitFor();
  await page.getByText(/^It is .* in the sandbox\.$/).waitFor({ timeout: ADVANCE_MS });
}

/** Asks the stand-in as somebody does who works in Stripe's dashboard. */
async function atStripe(path: string, init: RequestInit = {}): Promise<any> {
  const headers = { authorization: "Bearer sk_test_local", "content-type": "application/x-www-form-urlencoded" };
  const response = await fetch(`${inject("standInUrl")}/v1/${path}`, { ...init, headers });
  return response.json();
}

async function customerAtStripe({ id }: Organization): Promise<string> {
  const { data } = await atStripe("customers?limit=100");
  return data.find(({ metadata }: any) => metadata.organization_id === id).id;
}

test("one click goes to the end of a period; the renewal is there, and a line of it goes back to the card", async ({
  visit,
}) => {
  const owner = await visit();
  const customer = await signUp(owner);
  await subscribe(owner, "STARTER");
  const before = await newestInvoice(customer);
  const page = await visit();
  await logInStaff(page);
  await toPeriodEnd(page, customer);

  await expect.poll(async () => (await newestInvoice(customer)).id).not.toBe(before.id);
  await expect.poll(async () => (await newestInvoice(customer)).status).toBe("PAID");
  const { number } = await newestInvoice(customer);
  await page.goto("/console/invoices");
  await page.getByRole("searchbox", { name: "Search" }).fill(customer.name);
  await page.getByRole("list", { name: "Filters in force" }).getByText(`"${customer.name}"`).waitFor();
  await page.getByRole("link", { name: number }).click();
  await page.getByRole("heading", { name: number, level: 1 }).waitFor();
  await page.getByRole("button", { name: "Credit note" }).click();

  await page.getByRole("heading", { name: `Credit ${number}`, level: 1 }).waitFor();
  await page.getByText("By line", { exact: true }).click();
  const field = page.getByRole("textbox", { name: /^Credited of/ }).first();
  await field.fill("99.01");
  await page.getByRole("button", { name: "Credit", exact: true }).click();
  await page.getByText("At most $99.00").waitFor();
  await field.fill("9.90");
  await page.getByText("$89.10 of this invoice can still be credited afterwards.").waitFor();
  await page.getByRole("button", { name: "Credit $9.90" }).click();
  await page.getByText(`$9.90 was credited on ${number}.`).waitFor();
  const history = page.getByRole("table", { name: "Payments, credit notes and refunds" });
  await history.getByText(/^Credit note/).waitFor();
  expect(await history.getByText("$9.90 to where it was paid from").count()).toBe(1);
});

test("a meter that staff bill by Stripe's makes one line of the next period's invoice, as the ledger has it", async ({
  visit,
}) => {
  const owner = await visit();
  const customer = await signUp(owner);
  await subscribe(owner, "STARTER");
  const page = await visit();
  await logInStaff(page);
  await page.goto(`/console/organizations/${customer.id}/subscription`);
  const calls = page.getByRole("table", { name: "Routes of usage" }).getByRole("row").filter({ hasText: "API calls" });
  await calls.getByRole("button", { name: "Actions for the route of API calls" }).click();
  await page.getByRole("menuitem", { name: "Bill API calls by a meter of Stripe's" }).click();
  await page.getByRole("button", { name: "Bill by a meter of Stripe's" }).click();
  await calls.getByText("Stripe meter").waitFor();
  expect(await calls.getByText("Invoice item").count()).toBe(1);

  await toPeriodEnd(page, customer);
  await page.goto(`/console/organizations/${customer.id}/subscription`);
  await expect.poll(() => calls.getByText("Stripe meter").count()).toBe(2);
  await send(await newKey(customer), [{ idempotencyKey: "calls", action: "API_CALL", quantity: "20000" }]);
  const before = await newestInvoice(customer);
  await toPeriodEnd(page, customer);
  await expect.poll(async () => (await newestInvoice(customer)).id).not.toBe(before.id);
  await expect.poll(async () => (await newestInvoice(customer)).status).toBe("PAID");

  const { number, id } = await newestInvoice(customer);
  await owner.goto(`/app/billing/invoices/${id}`);
  await owner.getByRole("heading", { name: number, level: 1 }).waitFor();
  const lines = owner.getByRole("table", { name: "Lines of the invoice" });
  await lines.getByRole("row").filter({ hasText: "20,000 calls: 10,000 included, 10,000 billable" }).waitFor();
  const atHome = await customerAtStripe(customer);
  const { data } = await atStripe(`invoices?customer=${atHome}&limit=1`);
  const made = data[0].lines.data.map((line: any) => [line.parent.type, line.amount]).toSorted();
  expect(made).toEqual([
    ["subscription_item_details", 1000],
    ["subscription_item_details", 9900],
  ]);
});

test("a draft with a line that nobody knows is held, stays held while it differs, and is issued when it agrees", async ({
  visit,
}) => {
  const owner = await visit();
  const customer = await signUp(owner);
  await subscribe(owner, "STARTER");
  const body = new URLSearchParams({
    customer: await customerAtStripe(customer),
    amount: "1234",
    currency: "usd",
    description: "A line that nobody knows",
  });
  const item = await atStripe("invoiceitems", { method: "POST", body });
  const page = await visit();
  await logInStaff(page);
  await toPeriodEnd(page, customer);

  await page.goto("/console/alarms");
  await page
    .getByRole("list", { name: "Alarms" })
    .getByText(/A line that nobody knows/)
    .waitFor();
  await page.goto(`/console/invoices?held=1&search=${encodeURIComponent(customer.name)}`);
  await page.getByText("1 difference, $12.34 apart").waitFor();
  await page.getByRole("link", { name: /^Draft of/ }).click();
  const comparison = page.getByRole("table", { name: "Comparison of the ledger with Stripe's draft" });
  await comparison.getByText("+$12.34").waitFor();

  await page.getByRole("button", { name: "Re-check" }).click();
  const dialog = page.getByRole("dialog", { name: /^Re-check/ });
  await dialog.getByRole("button", { name: "Re-check" }).click();
  await dialog.getByText("Say why").waitFor();
  await dialog.getByLabel("Reason").fill("The line was looked at");
  await dialog.getByRole("button", { name: "Re-check" }).click();
  await dialog.getByText(/The draft and the ledger still differ\. A line that nobody knows/).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  // Stripe tells of the change, which is compared at once.
  await atStripe(`invoiceitems/${item.id}`, { method: "DELETE" });
  await expect.poll(async () => (await newestInvoice(customer)).status).toBe("PAID");
  await page.reload();
  const { number } = await newestInvoice(customer);
  await page.getByRole("heading", { name: number, level: 1 }).waitFor();
  expect(await comparison.count()).toBe(0);
});
