import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { agreePlan, logInStaff, type Organization, signUp } from "./people.ts";

/** An organization that was put on Starter by agreement. */
async function customerOnStarter(visit: (path?: string) => Promise<Page>): Promise<Organization> {
  const organization = await signUp(await visit());
  await agreePlan(await visit(), organization, "STARTER", "99");
  return organization;
}

const clockOf = (page: Page) => page.getByRole("complementary", { name: "Sandbox clock" });

test("a bill by hand is issued, and voided with what follows from it and the reason", async ({ visit }) => {
  const customer = await customerOnStarter(visit);
  const page = await visit();
  await logInStaff(page, "FINANCE");
  await page.goto(`/console/organizations/${customer.id}/invoices/new`);
  await page.getByRole("heading", { name: "Invoice by hand", level: 1 }).waitFor();
  await page.getByLabel("Description").fill("Training, one day");
  await page.getByLabel("Quantity").fill("2");
  await page.getByLabel("Unit price").fill("1,250.50");
  await page.getByText("Send it, to be paid later").click();
  await page.getByRole("button", { name: "Send $2,501.00" }).click();
  await page.getByText("Say why").waitFor();
  await page.getByLabel("Reason").fill("Ordered by mail");
  await page.getByRole("button", { name: "Send $2,501.00" }).click();
  await page.getByText(/over \$2,501\.00 was made\.$/).waitFor();
  await page.getByRole("table", { name: "Lines of the invoice" }).getByText("Training, one day").waitFor();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Void" }).click();
  const dialog = page.getByRole("dialog", { name: /^Void/ });
  await dialog.getByText(`${customer.name} owes $2,501.00 less: the remaining balance is $0.00.`).waitFor();
  await dialog.getByRole("button", { name: "Void the invoice" }).click();
  await dialog.getByText("Say why").waitFor();
  await dialog.getByLabel("Reason").fill("The order was taken back");
  await dialog.getByRole("button", { name: "Void the invoice" }).click();
  await page.getByText(/is void\.$/).waitFor();
  await page.getByText("nothing is owed.").first().waitFor();
  expect(await page.getByRole("button", { name: "Collect again" }).count()).toBe(0);
});

test("an event of the inbox is opened, read and worked again; a call shows what was asked", async ({ visit }) => {
  const customer = await customerOnStarter(visit);
  const page = await visit();
  await logInStaff(page, "FINANCE");
  await page.goto("/console/platform/webhooks?state=HANDLED");
  const events = page.getByRole("table", { name: "Webhook events" });
  await events.getByRole("rowheader").first().getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Webhook event" });
  await drawer.getByText("api_version").waitFor();
  await drawer.getByRole("button", { name: "Work it again" }).click();
  await page.getByText(/is worked again/).waitFor();

  await page.goto("/console/platform/stripe-calls");
  const calls = page.getByRole("table", { name: "Calls to Stripe" });
  await calls.getByRole("link", { name: customer.name }).first().waitFor();
  await calls.getByRole("rowheader").first().getByRole("link").click();
  const call = page.getByRole("dialog", { name: "Call to Stripe" });
  await call.getByRole("heading", { name: "What is asked" }).waitFor();
  expect(await call.getByRole("button", { name: "Ask again" }).count()).toBe(0);
});

test("the proof is run by a click, and its report opens with what was compared", async ({ visit }) => {
  const page = await visit();
  await logInStaff(page, "FINANCE");
  await page.goto("/console/money/reconciliation");
  await page.getByRole("button", { name: "Prove now" }).click();
  await page
    .getByText(/objects were compared/)
    .first()
    .waitFor({ timeout: 90_000 });
  await page.getByRole("table", { name: "Proofs" }).getByRole("rowheader").first().getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Proof" });
  await drawer.getByText("Lines add up to subtotal and total").waitFor();
  expect(new URL(page.url()).searchParams.has("open")).toBe(true);
});

test("subscriptions are found by plan and name, paused by staff, and go on again", async ({ visit }) => {
  const customer = await customerOnStarter(visit);
  const page = await visit();
  await logInStaff(page, "FINANCE");
  await page.goto("/console/subscriptions?plan=STARTER");
  await page.getByRole("searchbox", { name: "Search" }).fill(customer.name);
  await page.getByRole("list", { name: "Filters in force" }).getByText(`"${customer.name}"`).waitFor();
  await page.getByRole("table", { name: "Subscriptions" }).getByRole("link", { name: customer.name }).click();
  await page.getByRole("heading", { name: "Subscription", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Pause the plan" }).click();
  await page.getByText(`Starter of ${customer.name} is paused.`).waitFor();
  await page.getByRole("button", { name: "End the pause" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End the pause" }).click();
  await page.getByText(`Starter of ${customer.name} goes on.`).waitFor();
  const { organization } = await customer.ask("{ organization { subscription { status } } }");
  expect(organization.subscription.status).toBe("ACTIVE");
});

test("who may not move money reads all of it, sees who could act, and may move the clock", async ({ visit }) => {
  const page = await visit();
  await logInStaff(page, "SUPPORT");
  await page.goto("/console/money/reconciliation");
  const button = page.getByRole("button", { name: "Prove now" });
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  expect(await button.getAttribute("title")).toBe("Only the finance team and platform admins can do this.");
  expect(await clockOf(page).getByRole("button", { name: "+1 day" }).count()).toBe(1);
});
