import { expect } from "vitest";
import { test } from "./frame.ts";
import { agreePlan, generation, newKey, range, send, signUp } from "./people.ts";

test("the quota says what is left and when it resets, and warns when it is nearly used", async ({ visit }) => {
  const page = await visit();
  const key = await newKey(await signUp(page));
  await send(
    key,
    range(1, 8).map((number) => generation(`event-${number}`)),
  );
  await page.goto("/app");
  const quotas = page.getByRole("region", { name: "What is left" });
  const meter = quotas.getByRole("meter", { name: "Generations" });
  await meter.waitFor();
  expect(await meter.getAttribute("aria-valuetext")).toBe("8 of 10 generations used");
  expect(await meter.getAttribute("aria-valuenow")).toBe("80");
  const words = await quotas.innerText();
  expect(words).toMatch(/2 left, 80% used\. Resets \d{1,2} \w+( \d{4})?, \d\d:\d\d UTC/);
  expect(words).toContain("Nearly used");

  await send(key, [generation("event-9"), generation("event-10")]);
  await page.reload();
  await quotas.getByText("None left: new work is refused until the reset").waitFor();
});

test("the chart can be read as a table of the same figures", async ({ visit }) => {
  const page = await visit();
  const key = await newKey(await signUp(page));
  await send(key, [generation("one", "T1"), generation("two", "T3")]);
  await page.goto("/app");
  const chart = page.getByRole("region", { name: /^Most on .*: 2 generations$/ });
  await chart.waitFor();
  await chart.getByText("Table", { exact: true }).click();
  const table = chart.getByRole("table", { name: "Usage by day" });
  await table.waitFor();
  expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
    "Day (UTC)",
    "T0",
    "T1",
    "T2",
    "T3",
    "Quantity",
    "Amount",
  ]);
  expect(await table.getByRole("cell").allInnerTexts()).toEqual(["0", "1", "0", "1", "2", "$0.00"]);
});

test("the bill so far is the total of the upcoming invoice, whose line opens to its events", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  await agreePlan(await visit(), organization, "STARTER", "99");
  const key = await newKey(organization);
  await send(
    key,
    range(1, 102).map((number) => generation(`event-${number}`, "T2")),
  );
  await page.goto("/app");
  const brief = page.getByRole("region", { name: "The bill so far" });
  await brief.waitFor();
  const total = /\$\d[\d,.]*/.exec(await brief.innerText())?.[0] ?? "";
  expect(Number(total.slice(1))).toBeGreaterThan(99);

  await brief.getByRole("link", { name: "See the upcoming invoice" }).click();
  await page.getByRole("heading", { name: "Upcoming invoice", level: 1 }).waitFor();
  const table = page.getByRole("table", { name: "Lines of the upcoming invoice" });
  expect(await table.getByRole("row").last().innerText()).toContain(total);

  await table.getByRole("link").first().click();
  const drawer = page.getByRole("dialog", { name: "Line of the upcoming invoice" });
  await drawer.getByRole("table", { name: "Events behind the line" }).waitFor();
  const amounts = await drawer.getByRole("cell").filter({ hasText: "$" }).allInnerTexts();
  const exact = /Exact \$([\d.]+)/.exec(await drawer.innerText())?.[1] ?? "";
  const cents = amounts.reduce((sum, amount) => sum + Math.round(Number(amount.replace("$", "")) * 100), 0);
  expect(cents).toBe(Math.round(Number(exact) * 100));
});

test("the trial starts after it was explained, and nothing limits or costs while it runs", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  await page.goto("/app");
  await page.getByRole("button", { name: "Start the 14-day trial" }).click();
  const dialog = page.getByRole("dialog", { name: "Start the 14-day trial" });
  await dialog.getByText("No card.").waitFor();
  await dialog.getByRole("button", { name: "Start the trial" }).click();
  await page.getByText("The trial has started.").waitFor();
  await page.getByRole("region", { name: "Plan" }).getByText("Trial", { exact: true }).waitFor();
  await expect.poll(() => page.getByRole("region", { name: "What is left" }).innerText()).toContain("Unlimited");
  expect(await page.getByRole("button", { name: "Start the 14-day trial" }).count()).toBe(0);

  const key = await newKey(organization);
  const outcomes = await send(
    key,
    range(1, 11).map((number) => generation(`event-${number}`)),
  );
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["ACCEPTED"]));
  await page.goto("/app/billing/upcoming");
  await page.getByText("Nothing will be billed").waitFor();
});
