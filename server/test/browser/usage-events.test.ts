import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { agreePlan, generation, newKey, range, send, signUp } from "./people.ts";

const rows = (page: Page) => page.getByRole("main").getByRole("table").getByRole("rowheader");
const keysOf = (page: Page) => rows(page).allInnerTexts();

test("filters live in the address: Back takes the last one away, reloading keeps them", async ({ visit }) => {
  const page = await visit();
  const key = await newKey(await signUp(page));
  await send(key, [
    generation("small", "T1"),
    generation("large", "T3"),
    { idempotencyKey: "call", action: "API_CALL" },
  ]);
  await page.goto("/app/usage/events");
  await expect.poll(() => keysOf(page).then((keys) => keys.toSorted())).toEqual(["call", "large", "small"]);

  await page.getByRole("combobox", { name: "Action" }).selectOption("Generation");
  await expect.poll(() => keysOf(page).then((keys) => keys.toSorted())).toEqual(["large", "small"]);
  await page.getByRole("combobox", { name: "Complexity" }).selectOption("T3");
  await expect.poll(() => keysOf(page)).toEqual(["large"]);
  expect(new URL(page.url()).search).toBe("?action=GENERATION&complexity=T3");

  await page.reload();
  await expect.poll(() => keysOf(page)).toEqual(["large"]);
  expect(await page.getByRole("combobox", { name: "Complexity" }).inputValue()).toBe("T3");

  await page.goBack();
  await expect.poll(() => keysOf(page).then((keys) => keys.toSorted())).toEqual(["large", "small"]);
  await page.getByRole("button", { name: "Remove the filter Generation" }).click();
  await expect.poll(() => keysOf(page)).toHaveLength(3);

  await page.getByRole("searchbox", { name: "Idempotency key" }).fill("nothing-like-it");
  await page.getByText("No event matches").waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect.poll(() => keysOf(page)).toHaveLength(3);
});

test("pages go forth and back through all events, each once", async ({ visit }) => {
  const page = await visit();
  const key = await newKey(await signUp(page));
  await send(
    key,
    range(1, 60).map((number) => ({ idempotencyKey: `call-${number}`, action: "API_CALL" })),
  );
  await page.goto("/app/usage/events");
  await expect.poll(() => keysOf(page)).toHaveLength(25);
  const first = await keysOf(page);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => keysOf(page)).not.toContain(first[0]);
  const second = await keysOf(page);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => keysOf(page)).toHaveLength(10);
  const third = await keysOf(page);
  expect(await page.getByRole("button", { name: "Next", exact: true }).isDisabled()).toBe(true);
  expect(new Set([...first, ...second, ...third]).size).toBe(60);

  await page.reload();
  await expect.poll(() => keysOf(page)).toEqual(third);
  await page.getByRole("button", { name: "Previous" }).click();
  await expect.poll(() => keysOf(page)).toEqual(second);
  await page.goForward();
  await expect.poll(() => keysOf(page)).toEqual(third);
  await page.getByLabel("Rows on a page").selectOption("100 rows");
  await expect.poll(() => keysOf(page)).toHaveLength(60);
});

test("an amount is explained step by step, and the steps give it exactly", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  await agreePlan(await visit(), organization, "STARTER", "99");
  const key = await newKey(organization);
  await send(
    key,
    range(1, 100).map((number) => generation(`included-${number}`)),
  );
  const [billed] = await send(key, [generation("billed", "T2", { model: "gpt-4" })]);
  expect(billed).toMatchObject({ status: "ACCEPTED" });
  const amount = Number(billed.event.amount.amount);
  expect(amount).toBeGreaterThan(0);

  await page.goto("/app/usage/events?q=billed");
  await page.getByRole("link", { name: "billed" }).click();
  const drawer = page.getByRole("dialog", { name: "Usage event" });
  const steps = drawer.getByRole("region", { name: "How the amount came about" });
  await steps.waitFor();
  const words = await steps.innerText();
  const sum = /billable: (\S+) x \$(\S+)(?: x (\S+) \(premium model\))? = \$(\d+\.\d+)/.exec(words);
  expect(sum).not.toBeNull();
  const [, billable = "", unitPrice = "", multiplier = "1", total = ""] = sum ?? [];
  expect(Number(billable) * Number(unitPrice) * Number(multiplier)).toBeCloseTo(Number(total), 10);
  expect(Number(total)).toBe(amount);
  await drawer.getByRole("heading", { name: `$${total}`, level: 2 }).waitFor();

  expect(page.url()).toContain("open=");
  await page.reload();
  await drawer.getByRole("heading", { name: `$${total}`, level: 2 }).waitFor();
  await page.goBack();
  await drawer.waitFor({ state: "hidden" });
  expect(page.url()).not.toContain("open=");
});

test("in the live view a new event shows up by itself", async ({ visit }) => {
  const page = await visit();
  const key = await newKey(await signUp(page));
  await page.goto("/app/usage/events?live=1");
  await page.getByText("Listening", { exact: true }).waitFor();
  await send(key, [generation("first")]);
  await expect.poll(() => keysOf(page)).toEqual(["first"]);
  await send(key, [generation("second")]);
  await expect.poll(() => keysOf(page)).toEqual(["second", "first"]);
});
