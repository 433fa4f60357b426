import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { generation, newKey, PASSWORD, send, signUp } from "./people.ts";

/** The name of what has the focus, as it is read out. */
const focused = async (page: Page): Promise<string> =>
  String(
    await page.evaluate(
      "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '').trim()",
    ),
  );

/** Tab by tab to what is named so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now === name) return;
    passed.push(now);
  }
  throw new Error(`Tab never comes to ${name}, only to ${passed.join(", ")}`);
}

test("all can be done by keys: log in, skip the menu, open an event, close it, and be where one was", async ({
  visit,
}) => {
  const organization = await signUp(await visit());
  await send(await newKey(organization), [generation("first"), generation("second")]);

  const page = await visit("/login");
  await page.getByRole("heading", { name: "Log in", level: 1 }).waitFor();
  await page.getByLabel("E-mail").focus();
  await page.keyboard.type(organization.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();

  await tabTo(page, "Events");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Events", level: 1 }).waitFor();
  await expect.poll(() => focused(page)).toBe("Events");
  expect(await page.evaluate("document.activeElement.tagName")).toBe("H1");
  await page.getByRole("link", { name: "second" }).waitFor();

  await tabTo(page, "second");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Usage event" });
  await drawer.getByText("How the amount came about").waitFor();
  await expect.poll(() => page.evaluate("document.activeElement.closest('[role=dialog]') !== null")).toBe(true);
  for (let steps = 0; steps < 12; steps += 1) await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null")).toBe(true);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  await expect.poll(() => focused(page)).toBe("second");

  await page.reload();
  await page.getByRole("link", { name: "second" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("main");
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
});
