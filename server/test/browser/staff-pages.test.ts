import { expect } from "vitest";
import { ALL_PAGES_MS, faultsOf, sendSome } from "./faults-of-pages.ts";
import { test } from "./frame.ts";
import { agreePlan, logInStaff, newKey, signUp, unique } from "./people.ts";

test(
  "the console's pages are accessible, fit on a phone, and nothing fails in them",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const organization = await signUp(await visit());
    await agreePlan(await visit(), organization, "STARTER", "99");
    const [first] = await sendSome(await newKey(organization));
    const newest = async () =>
      (await organization.ask("{ organization { invoices(first: 1) { nodes { id } } } }")).organization.invoices
        .nodes[0];
    await expect.poll(newest).toBeDefined();
    const bill = `/console/invoices/${(await newest()).id}`;
    const page = await visit();
    await logInStaff(page);
    const one = `/console/organizations/${organization.id}`;
    const faults = await faultsOf(page, [
      "/console",
      "/console/organizations",
      one,
      `${one}/usage`,
      `${one}/events`,
      `${one}/events?open=${first.event.id}`,
      `${one}/events/event-101`,
      `${one}/decisions`,
      `${one}/billing`,
      `${one}/invoices`,
      `${one}/invoices/new`,
      `${one}/subscription`,
      `${one}/members`,
      `${one}/keys`,
      `${one}/audit`,
      "/console/decisions",
      "/console/alarms",
      "/console/subscriptions",
      "/console/invoices",
      "/console/invoices?held=1",
      "/console/invoices?search=nothing-has-this-number",
      bill,
      `${bill}/credit`,
      "/console/money/dunning",
      "/console/money/reconciliation",
      "/console/platform/webhooks",
      "/console/platform/stripe-calls",
      "/console/catalog",
      "/console/catalog/starter",
      "/console/catalog/starter/publish",
      "/console/audit",
      "/console/platform/mails",
      "/console/platform/service-keys",
      "/console/profile",
      "/console/nowhere",
    ]);
    expect(faults).toEqual([]);
  },
);

test("two quick clicks on a column turn the list around, not only the address", async ({ visit }) => {
  const mark = `Quick ${unique()}`;
  await signUp(await visit(), `${mark} a`);
  await signUp(await visit(), `${mark} b`);
  const page = await visit();
  await logInStaff(page);
  await page.goto(`/console/organizations?search=${encodeURIComponent(mark)}`);
  await page.getByRole("rowheader", { name: `${mark} a` }).waitFor();
  await page.getByRole("columnheader", { name: "Organization" }).getByRole("button").dblclick();
  await page.waitForURL(/sort=NAME&direction=DESC/);
  const names = () => page.getByRole("rowheader").allInnerTexts();
  await expect.poll(names).toEqual([`${mark} b`, `${mark} a`]);
});
