import type { Page } from "playwright-core";
import { expect } from "vitest";
import { ALL_PAGES_MS, faultsOf } from "./faults-of-pages.ts";
import { test } from "./frame.ts";
import { enterCard, saveCard, subscribe } from "./hosted-pages.ts";
import { type Ask, generation, logInStaff, newKey, range, send, signUp } from "./people.ts";

const DAY_MS = 86_400_000;

/** Moves the sandbox's time as staff do. All that was due on the way has happened then. */
async function days(ask: Ask, count: number): Promise<void> {
  const { sandboxClock } = await ask("{ sandboxClock { now } }");
  const to = new Date(Date.parse(sandboxClock.now) + count * DAY_MS).toISOString();
  await ask("mutation($input: AdvanceSandboxClockInput!) { advanceSandboxClock(input: $input) { now } }", {
    input: { to },
  });
}

const yourPlan = (page: Page) => page.getByRole("region", { name: "Your plan" });
const banner = (page: Page) => page.getByRole("note").filter({ hasText: /^The payment of \$[\d.]+ failed/ });

test("a renewal that is not paid is said on every page with the way out, and paying restores the plan", async ({
  visit,
}) => {
  const page = await visit();
  const { ask } = await logInStaff(await visit());
  await signUp(page);
  await subscribe(page, "STARTER");
  await saveCard(page, "isDeclinedOnceSaved");
  await days(ask, 32);

  for (const path of ["/app", "/app/usage", "/app/settings/members"]) {
    await page.goto(path);
    await banner(page).waitFor();
    expect(await banner(page).innerText()).toMatch(/Starter stays until .* UTC\. The next try is .* UTC\./);
  }
  await page.goto("/app/billing/invoices");
  const newest = page.getByRole("table", { name: "Invoices" }).getByRole("row").nth(1);
  await newest.getByText("Payment failed").waitFor();

  await days(ask, 8);
  await page.goto("/app/billing/plan");
  await banner(page)
    .getByText(/Free's limits hold; paying restores Starter at once\./)
    .waitFor();
  await banner(page).getByRole("link", { name: "Pay now" }).click();
  await enterCard(page, "pays");
  await page.getByText(/^Paid on/).waitFor();
  await expect
    .poll(
      async () => {
        await page.goto("/app/billing/plan");
        await yourPlan(page).waitFor();
        return yourPlan(page).innerText();
      },
      { timeout: 30_000 },
    )
    .toContain("Starter, renews");
  expect(await banner(page).count()).toBe(0);
});

test("a usage line of a bill opens to its calculation and its events, which add up to it", async ({ visit }) => {
  const page = await visit();
  const { ask } = await logInStaff(await visit());
  const organization = await signUp(page);
  await subscribe(page, "STARTER");
  await send(
    await newKey(organization),
    range(1, 112).map((number) => generation(`event-${number}`, "T2", { model: "gpt-4" })),
  );
  await days(ask, 32);

  await page.goto("/app/billing/invoices");
  await page.getByRole("table", { name: "Invoices" }).getByRole("link").first().click();
  const lines = page.getByRole("table", { name: "Lines of the invoice" });
  const usage = lines.getByRole("row").filter({ hasText: "112 generations: 100 included, 12 billable" });
  await usage.waitFor();
  const words = await usage.innerText();
  expect(words).toContain("12 x T2 premium $0.50 x 2 = $12.00");
  expect(words).toContain("; exact $12.00, rounding $0.00");

  await usage.getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Line of the invoice" });
  const events = drawer.getByRole("table", { name: "Events behind the line" });
  await events.waitFor();
  const amounts = await events.getByRole("cell").filter({ hasText: "$" }).allInnerTexts();
  expect(amounts).toEqual(range(1, 12).map(() => "$1.00"));
  expect(await drawer.getByRole("row", { name: /^Exact sum/ }).innerText()).toContain("$12.00");
  await page.reload();
  await events.waitFor();
});

test("a trial with a card goes on as the plan that was chosen, and one without as Free", async ({ visit }) => {
  const { ask } = await logInStaff(await visit());
  const [withCard, without] = [await visit(), await visit()];
  for (const page of [withCard, without]) {
    await signUp(page);
    await page.goto("/app/billing/plan");
    await page.getByRole("button", { name: "Start the 14-day trial" }).click();
    await page.getByRole("button", { name: "Start the trial" }).click();
    await yourPlan(page).getByText("Trial", { exact: true }).waitFor();
  }
  await withCard.getByRole("button", { name: "Add a card, charged when the trial ends" }).click();
  await enterCard(withCard, "pays");
  await withCard.getByRole("heading", { name: "The card is on file" }).waitFor();
  await days(ask, 12);
  await without.goto("/app/usage");
  await without.getByText(/^The trial ends in/).waitFor();

  await days(ask, 3);
  await withCard.goto("/app/billing/plan");
  await yourPlan(withCard).getByText("Professional, renews").waitFor();
  await without.goto("/app/billing/plan");
  await yourPlan(without).getByText("Free. The allowance starts anew").waitFor();
});

test(
  "the pages of a bill that is not paid are accessible, fit on a phone, and nothing fails in them",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const page = await visit();
    const { ask } = await logInStaff(await visit());
    const organization = await signUp(page);
    await subscribe(page, "STARTER");
    await send(
      await newKey(organization),
      range(1, 130).map((number) => generation(`event-${number}`, "T3", { projectId: `project-${number % 7}` })),
    );
    await saveCard(page, "isDeclinedOnceSaved");
    await days(ask, 32);
    await page.goto("/app/billing/invoices");
    await page.getByRole("table", { name: "Invoices" }).getByRole("link").first().click();
    await page.getByRole("table", { name: "Lines of the invoice" }).getByRole("link").first().click();
    await page.getByRole("dialog", { name: "Line of the invoice" }).waitFor();
    const line = new URL(page.url());

    const faults = await faultsOf(page, [
      "/app",
      "/app/billing/plan",
      "/app/billing/plan/change?to=PROFESSIONAL",
      "/app/billing/plan/cancel",
      "/app/billing/upcoming",
      "/app/billing/invoices",
      "/app/billing/invoices?status=OPEN",
      line.pathname,
      `${line.pathname}${line.search}`,
      "/app/billing/payment",
    ]);
    expect(faults).toEqual([]);
  },
);
