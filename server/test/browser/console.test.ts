import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { agreePlan, generation, logInStaff, newKey, range, send, signUp, unique } from "./people.ts";

const names = (page: Page) => page.getByRole("table", { name: "Organizations" }).getByRole("rowheader").allInnerTexts();
const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

test("the list of organizations is searched, filtered, sorted and paged by its address", async ({ visit }) => {
  const mark = unique();
  const somebody = await visit();
  const made = await Promise.all(
    range(1, 27).map((number) => signUp(somebody, `${mark} ${String(number).padStart(2, "0")}`)),
  );
  await agreePlan(await visit(), made[6]!, "STARTER", "99");

  const page = await visit();
  await logInStaff(page, "SUPPORT");
  await page.goto("/console/organizations");
  await page.getByRole("searchbox", { name: "Search" }).fill(mark);
  await expect.poll(() => names(page)).toHaveLength(25);
  await page.getByRole("button", { name: "Organization", exact: true }).click();
  await expect.poll(async () => (await names(page))[0]).toBe(`${mark} 01`);
  await expect.poll(() => parameters(page)).toEqual({ search: mark, sort: "NAME" });

  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect.poll(() => names(page)).toEqual([`${mark} 26`, `${mark} 27`]);
  await page.reload();
  await expect.poll(() => names(page)).toEqual([`${mark} 26`, `${mark} 27`]);
  await page.goBack();
  await expect.poll(async () => (await names(page))[0]).toBe(`${mark} 01`);

  await page.getByRole("button", { name: "Organization", exact: true }).click();
  await expect.poll(async () => (await names(page))[0]).toBe(`${mark} 27`);
  await page.getByRole("combobox", { name: "Plan" }).selectOption("Starter");
  await expect.poll(() => names(page)).toEqual([`${mark} 07`]);
  const all = { search: mark, sort: "NAME", direction: "DESC", plan: "STARTER" };
  await expect.poll(() => parameters(page)).toEqual(all);

  await page.getByRole("link", { name: `${mark} 07` }).click();
  await page.getByRole("heading", { name: `${mark} 07`, level: 1 }).waitFor();
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Organizations" }).click();
  await expect.poll(() => names(page)).toEqual([`${mark} 07`]);
});

test("staff see all of one organization tab by tab, and the customer sees that they looked", async ({ visit }) => {
  const owner = await visit();
  const organization = await signUp(owner);
  await send(await newKey(organization, "Production"), [generation("the-event")]);
  const page = await visit();
  const staff = await logInStaff(page, "SUPPORT");
  await page.goto(`/console/organizations/${organization.id}`);
  await page.getByRole("heading", { name: organization.name, level: 1 }).waitFor();
  await page.getByText("This visit is an audit entry.").waitFor();

  const rooms = page.getByRole("navigation", { name: "Organization" });
  const shows = { Events: "the-event", Members: organization.email, "API keys": "Production", Subscription: "Free" };
  for (const [tab, words] of Object.entries(shows)) {
    await rooms.getByRole("link", { name: tab }).click();
    await page.getByRole("heading", { name: tab, level: 1 }).waitFor();
    await page.getByRole("main").getByText(words).first().waitFor();
  }
  expect(await page.getByRole("button", { name: "Agree a plan" }).getAttribute("aria-disabled")).toBe("true");

  const { organization: own } = await organization.ask(
    "{ organization { auditLog(first: 50) { nodes { action actor staff } } } }",
  );
  expect(own.auditLog.nodes).toContainEqual(expect.objectContaining({ actor: staff.email, staff: true }));
});

test("a price below the plan's is refused at its field; an agreed one takes effect at once", async ({ visit }) => {
  const organization = await signUp(await visit());
  const page = await visit();
  await logInStaff(page, "FINANCE");
  await page.goto(`/console/organizations/${organization.id}/subscription`);
  await page.getByRole("button", { name: "Agree a plan" }).click();
  const dialog = page.getByRole("dialog", { name: "Agree a plan" });
  await dialog.getByText("The running period on Free").waitFor();
  const price = dialog.getByLabel("Monthly price");
  await price.fill("10");
  await dialog.getByRole("button", { name: "Agree $10.00 a month" }).click();
  await expect.poll(() => price.getAttribute("aria-invalid")).toBe("true");
  await expect.poll(() => price.evaluate("document.activeElement.getAttribute('aria-invalid')")).toBe("true");

  await price.fill("2,600.00");
  await dialog.getByRole("button", { name: "Agree $2,600.00 a month" }).click();
  await page.getByText(`${organization.name} is on Enterprise from now on.`).waitFor();
  await page.getByRole("region", { name: "Subscription" }).getByText("$2,600.00 a month, as agreed").waitFor();
});

test("voiding an event says its effect first, and the bill follows", async ({ visit }) => {
  const organization = await signUp(await visit());
  await agreePlan(await visit(), organization, "STARTER", "99");
  const key = await newKey(organization);
  await send(
    key,
    range(1, 101).map((number) => generation(`event-${number}`)),
  );

  const page = await visit();
  await logInStaff(page, "FINANCE");
  await page.goto(`/console/organizations/${organization.id}/events?q=event-101`);
  await page.getByRole("link", { name: "event-101" }).click();
  const drawer = page.getByRole("dialog", { name: "Usage event" });
  await drawer.getByRole("heading", { name: "$0.25", level: 2 }).waitFor();
  await drawer.getByRole("button", { name: "Void this event" }).click();
  const dialog = page.getByRole("dialog", { name: "Void the event event-101" });
  await dialog.getByText("$0.25 comes off the open bill.").waitFor();
  await dialog.getByRole("button", { name: "Void the event" }).click();
  await dialog.getByText("Say why the event is wrong").waitFor();
  await dialog.getByLabel("Reason").fill("Sent twice by mistake");
  await dialog.getByRole("button", { name: "Void the event" }).click();

  await page.getByText("event-101 was voided. The open bill went from $99.25 to $99.00.").waitFor();
  await drawer.getByRole("note").getByText("Sent twice by mistake").waitFor();
  expect(await drawer.getByRole("button", { name: "Void this event" }).count()).toBe(0);
  const { organization: own } = await organization.ask("{ organization { upcomingInvoice { total { amount } } } }");
  expect(Number(own.upcomingInvoice.total.amount)).toBe(99);
});
