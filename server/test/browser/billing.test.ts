import type { Page } from "playwright-core";
import { expect } from "vitest";
import { enterCard, openCheckout, saveCard, subscribe } from "./hosted-pages.ts";
import { test } from "./frame.ts";
import { generation, newKey, PASSWORD, range, send, signUp, unique } from "./people.ts";

const yourPlan = (page: Page) => page.getByRole("region", { name: "Your plan" });

/** What is said of the plan now. */
const planWords = async (page: Page): Promise<string> => {
  await page.goto("/app/billing/plan");
  await yourPlan(page).waitFor();
  return yourPlan(page).innerText();
};

const invoices = (page: Page) => page.getByRole("table", { name: "Invoices" });

test("who signs up for a plan pays on the hosted page and comes back to a plan in force", async ({ visit }) => {
  const page = await visit("/");
  await page.getByRole("link", { name: "Start with Starter" }).click();
  await page.getByLabel("Organization").fill(`Organization ${unique()}`);
  await page.getByLabel("E-mail").fill(`owner-${unique()}@example.com`);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create the organization" }).click();

  await page.getByText("Until then you stay on Free.").waitFor();
  await page.getByRole("button", { name: "Continue to payment of $99.00" }).click();
  await enterCard(page, "pays");
  await page.getByRole("heading", { name: "Starter is in force" }).waitFor();
  await page.getByText(/on invoice/).waitFor();
  const done = await page.getByRole("main").innerText();
  expect(done).toContain("$99.00 on invoice");
  expect(done).toMatch(/It renews on \d+ \w+ \d{4}, \d\d:\d\d UTC/);

  const words = await planWords(page);
  expect(words).toMatch(/Starter, renews/);
  expect(words).toContain("Visa ending in 4242");
  expect(words).toMatch(/Full refund until \d+ \w+ \d{4}, 23:59:59 UTC/);
});

test("a card that is declined at Checkout changes nothing, and another one pays", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await openCheckout(page, "PROFESSIONAL");
  await enterCard(page, "isDeclined");
  await page
    .getByRole("alert")
    .getByText(/declined/)
    .waitFor();
  expect(await planWords(page)).toContain("Free. The allowance starts anew");

  await openCheckout(page, "PROFESSIONAL");
  await enterCard(page, "pays");
  await page.getByRole("heading", { name: "Professional is in force" }).waitFor();
});

test("an upgrade charges the amount on its button, to the cent", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await subscribe(page, "STARTER");
  await page.goto("/app/billing/plan");
  await page.getByRole("button", { name: "Choose Professional" }).click();
  const pay = page.getByRole("button", { name: /^Pay \$[\d,.]+ and upgrade$/ });
  await pay.waitFor();
  const amount = /\$[\d,.]+\d/.exec(await pay.innerText())?.[0] ?? "";
  const lines = page.getByRole("table", { name: "What is due" });
  expect(await lines.getByRole("row", { name: /^Due now/ }).innerText()).toContain(amount);

  await pay.click();
  await page.getByText("Paid. Professional is in force.").waitFor();
  await yourPlan(page).getByText("Professional, renews").waitFor();
  await page.goto("/app/billing/invoices");
  const newest = invoices(page).getByRole("row").nth(1);
  await newest.waitFor();
  expect(await newest.innerText()).toContain("Paid");
  expect(await newest.getByRole("cell").filter({ hasText: amount }).count()).toBe(2);
});

test("an upgrade that is declined leaves the plan as it was, until it is paid with another card", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await subscribe(page, "STARTER");
  await saveCard(page, "isDeclinedOnceSaved");
  await page.goto("/app/billing/plan/change?to=PROFESSIONAL");
  await page.getByText("It is charged to Visa ending in 0341.").waitFor();
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await page.getByText("Not paid. Your plan is unchanged.").waitFor();
  const way = await page.getByRole("link", { name: "Pay at Stripe" }).getAttribute("href");

  const words = await planWords(page);
  expect(words).toContain("The change to Professional waits for its payment");
  expect(words).toContain("Starter stays in force.");
  expect(await page.getByRole("link", { name: "Pay and upgrade" }).getAttribute("href")).toBe(way);

  await page.getByRole("link", { name: "Pay and upgrade" }).click();
  await enterCard(page, "pays");
  await page.getByText(/^Paid on/).waitFor();
  await expect.poll(() => planWords(page), { timeout: 30_000 }).toContain("Professional, renews");
});

test("a smaller plan is refused while the use does not fit, until each loss is ticked; it can be taken back", async ({
  visit,
}) => {
  const page = await visit();
  const organization = await signUp(page);
  await subscribe(page, "PROFESSIONAL");
  await send(
    await newKey(organization),
    range(1, 7).map((number) => generation(`event-${number}`, "T1", { projectId: `project-${number}` })),
  );
  await page.goto("/app/billing/plan/change?to=STARTER");
  await page.getByRole("heading", { name: "What you use does not fit Starter" }).waitFor();
  const schedule = page.getByRole("button", { name: /^Schedule for / });
  const ticks = await page.getByRole("checkbox").all();
  await page.getByText("7 active projects, Starter has 5").waitFor();
  for (const tick of ticks) {
    expect(await schedule.isDisabled()).toBe(true);
    await tick.check();
  }
  await schedule.click();
  await page.getByText(/^Starter follows on /).waitFor();
  await yourPlan(page)
    .getByText(/^Professional until .*, then Starter\.$/)
    .waitFor();

  await page.getByRole("button", { name: "Keep Professional" }).click();
  await yourPlan(page).getByText("Professional, renews").waitFor();
});

test("a plan is canceled after its consequences were read, says so everywhere, and can be kept", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await subscribe(page, "STARTER");
  await page.goto("/app/billing/plan");
  await page.getByRole("button", { name: "Cancel the plan" }).click();
  await page.getByRole("heading", { name: "Cancel the plan", level: 1 }).waitFor();
  await page.getByText("10 generations included, instead of 100").waitFor();
  await page.getByRole("button", { name: "End Starter at the period's end" }).click();
  await yourPlan(page)
    .getByText(/^Starter, ends on .* The Free plan follows\.$/)
    .waitFor();
  await page.goto("/app/usage");
  await page.getByText(/^Starter ends on /).waitFor();

  await page.goto("/app/billing/plan");
  await page.getByRole("button", { name: "Keep Starter" }).click();
  await yourPlan(page).getByText("Starter, renews").waitFor();
  await page.getByText(/^Starter ends on /).waitFor({ state: "detached" });
});

test("the money-back guarantee gives all back, ends the plan, and says where the money is", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await subscribe(page, "STARTER");
  await page.goto("/app/billing/plan");
  await page.getByRole("button", { name: "Claim the money back" }).click();
  const dialog = page.getByRole("dialog", { name: "Claim the money back" });
  await dialog.getByText("$99.00, all that was paid on 1 invoice").waitFor();
  await dialog.getByRole("button", { name: "Refund $99.00" }).click();
  await page.getByText("$99.00 goes back. The Free plan is in force.").waitFor();
  await yourPlan(page).getByText("Free. The allowance starts anew").waitFor();
  expect(await page.getByRole("button", { name: "Claim the money back" }).count()).toBe(0);

  await page.goto("/app/billing/invoices");
  await invoices(page).getByText("Given back").waitFor();
  await invoices(page).getByRole("link").first().click();
  const history = page.getByRole("table", { name: "Payments, credit notes and refunds" });
  await history.getByRole("row", { name: /^Credit note .*\$99\.00/ }).waitFor();
  await history.getByRole("row", { name: /^Refund .*\$99\.00/ }).waitFor();
});

test("the payment method is kept at Stripe: one goes there and comes back to what is on file", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await page.goto("/app/billing/payment");
  await page.getByText("No payment method yet").waitFor();
  await saveCard(page, "pays");
  expect(await page.getByRole("region", { name: "Payment method" }).innerText()).toContain("Expires 12/2049");

  await page.goto("/app/billing/plan/change?to=STARTER");
  await page.getByText("It is charged to Visa ending in 4242.").waitFor();
  await page.getByRole("button", { name: "Pay $99.00 and start" }).click();
  await page.getByText("Paid. Starter is in force.").waitFor();
});

test("a bill is read down to what it is made of, printed and taken away as a PDF", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await subscribe(page, "STARTER");
  await page.goto("/app/billing/invoices?status=PAID");
  await invoices(page).getByRole("link").first().click();
  const title = page.getByRole("heading", { level: 1, name: /-\d{4}$/ });
  await title.waitFor();
  expect(await page.getByRole("table", { name: "Lines of the invoice" }).innerText()).toContain("$99.00");
  expect(await page.getByRole("link", { name: /^Pay \$/ }).count()).toBe(0);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "PDF" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`invoice-${await title.innerText()}.pdf`);
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("navigation", { name: "Main" }).isVisible()).toBe(false);
  expect(await page.getByRole("table", { name: "Lines of the invoice" }).isVisible()).toBe(true);

  await page.emulateMedia({ media: "screen" });
  await page.goto("/app/billing/invoices?status=VOID");
  await page.getByText("No invoice has this status").waitFor();
});
