import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { generation, range, send } from "./people.ts";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** To open all pages of a part of the app takes this long at most. */
export const ALL_PAGES_MS = 300_000;

/** Usage within and past the allowance, with the longest texts there can be. */
export const sendSome = (key: string) =>
  send(key, [
    generation("x".repeat(128), "T3", { model: "y".repeat(100) }),
    ...range(1, 101).map((number) => generation(`event-${number}`, "T2")),
  ]);

/** Opens each page, wide and light, then narrow and dark, and gives what is wrong with any of them. */
export async function faultsOf(page: Page, paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    await page.setViewportSize(DESKTOP);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path);
    await settled(page);
    await page.evaluate(axe.source);
    // Colors that are on their way from one scheme to the other are nobody's.
    await page.addStyleTag({ content: "*, ::before, ::after { transition: none !important; }" });
    for (const [size, colorScheme] of [
      [DESKTOP, "light"],
      [PHONE, "dark"],
    ] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const where = `${path} at ${size.width} px, ${colorScheme}`;
      const width = Number(await page.evaluate("document.documentElement.scrollWidth"));
      if (width > size.width) faults.push(`${where}: is ${width} px wide`);
      faults.push(...(await barriers(page)).map((barrier) => `${where}: ${barrier}`));
    }
  }
  return faults;
}

/** When a page shows its title and waits for nothing. */
async function settled(page: Page): Promise<void> {
  const title = "document.querySelector('h1') !== null";
  const waiting = "document.querySelector('output[aria-label^=Loading]') !== null";
  await expect.poll(() => page.evaluate(`${title} && !(${waiting})`)).toBe(true);
}

/** What keeps people from using the page, by the rules of axe. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<any>(
    "axe.run(document, { resultTypes: ['violations'], elementRef: false })",
  );
  return violations
    .filter(({ impact }: any) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html).join(" ")}`);
}
