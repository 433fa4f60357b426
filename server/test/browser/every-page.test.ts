import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { agreePlan, generation, logInStaff, newKey, range, send, signUp } from "./people.ts";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const LONGER = 300_000;

test(
  "the public pages are accessible, fit on a phone, and nothing fails in them",
  { timeout: LONGER },
  async ({ visit }) => {
    const page = await visit();
    await look(page, [
      "/",
      "/login",
      "/signup",
      "/forgot-password",
      "/reset-password?token=unknown",
      "/invitations/unknown",
      "/nowhere",
    ]);
  },
);

test(
  "the portal's pages are accessible, fit on a phone, and nothing fails in them",
  { timeout: LONGER },
  async ({ visit }) => {
    const page = await visit();
    const organization = await signUp(page);
    await agreePlan(await visit(), organization, "STARTER", "99");
    const [first] = await sendSome(await newKey(organization));
    await look(page, [
      "/app",
      "/app/quickstart",
      "/app/usage",
      "/app/usage/events",
      `/app/usage/events?open=${first.event.id}`,
      "/app/usage/events?tab=rejected",
      "/app/billing/upcoming",
      "/app/developers/keys",
      "/app/settings/members",
      "/app/settings/organization",
      "/app/profile",
      "/app/nowhere",
    ]);
  },
);

test(
  "the console's pages are accessible, fit on a phone, and nothing fails in them",
  { timeout: LONGER },
  async ({ visit }) => {
    const organization = await signUp(await visit());
    await agreePlan(await visit(), organization, "STARTER", "99");
    const [first] = await sendSome(await newKey(organization));
    const page = await visit();
    await logInStaff(page);
    const one = `/console/organizations/${organization.id}`;
    await look(page, [
      "/console",
      "/console/organizations",
      one,
      `${one}/usage`,
      `${one}/events`,
      `${one}/events?open=${first.event.id}`,
      `${one}/billing`,
      `${one}/subscription`,
      `${one}/members`,
      `${one}/keys`,
      `${one}/audit`,
      "/console/catalog",
      "/console/catalog/starter",
      "/console/catalog/starter/publish",
      "/console/audit",
      "/console/platform/mails",
      "/console/platform/service-keys",
      "/console/profile",
      "/console/nowhere",
    ]);
  },
);

/** Usage within and past the allowance, with the longest texts there can be. */
const sendSome = (key: string) =>
  send(key, [
    generation("x".repeat(128), "T3", { model: "y".repeat(100) }),
    ...range(1, 101).map((number) => generation(`event-${number}`, "T2")),
  ]);

/** Opens each page, light and dark, wide and narrow, and gathers what is wrong with any of them. */
async function look(page: Page, paths: readonly string[]): Promise<void> {
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
  expect(faults).toEqual([]);
}

/** When a page shows its title and waits for nothing. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).or(page.getByRole("dialog")).first().waitFor();
  await expect.poll(() => page.locator("output[aria-label^='Loading']").count()).toBe(0);
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
