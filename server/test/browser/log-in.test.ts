import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { asking, logIn, logInStaff, PASSWORD, signUp } from "./people.ts";

const NEW_PASSWORD = "another horse battery";

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in" }).last().click();
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

test("a wrong password is refused in place, the right one lets in, and logging out ends it", async ({ visit }) => {
  const { email } = await signUp(await visit());
  const page = await visit("/login");
  await fillIn(page, email, "wrong horse battery");
  await page.getByRole("alert").waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe(email);
  await expect.poll(() => page.evaluate("document.activeElement.type")).toBe("password");

  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await heading(page, "Overview").waitFor();
  expect(new URL(page.url()).pathname).toBe("/app");

  await page.getByRole("button", { name: `Account of ${email}` }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await heading(page, "Pay for what you generate").waitFor();
  await page.goto("/app");
  await heading(page, "Log in").waitFor();
});

test("after the log-in one is where one wanted to go, and never on another site", async ({ visit }) => {
  const { email } = await signUp(await visit());
  const page = await visit("/app/usage/events?complexity=T2");
  await heading(page, "Log in").waitFor();
  await fillIn(page, email, PASSWORD);
  await heading(page, "Events").waitFor();
  expect(page.url()).toMatch(/\/app\/usage\/events\?complexity=T2$/);

  for (const next of ["https://example.com/app", "//example.com/app", "/\\example.com/app", "javascript:alert(1)"]) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await heading(page, "Overview").waitFor();
    expect(new URL(page.url()).pathname).toBe("/app");
  }
});

test("when the session is over a log-in lies over the page, and what was typed stays", async ({ visit }) => {
  const page = await visit();
  const { email } = await signUp(page);
  await page.goto("/app/settings/organization");
  await page.getByRole("textbox", { name: "Name" }).fill("A better name");

  const elsewhere = await visit();
  const ask = await logIn(elsewhere, email);
  await ask("mutation { endOtherSessions }");

  await page.getByRole("link", { name: "Members" }).waitFor();
  await page.getByRole("button", { name: "Rename" }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "Log in" }).click();
  await dialog.waitFor({ state: "hidden" });

  expect(await page.getByRole("textbox", { name: "Name" }).inputValue()).toBe("A better name");
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByText("The organization is called A better name now.").waitFor();
});

test("the mailed link sets a new password once, and the old one is refused", async ({ visit }) => {
  const { email } = await signUp(await visit());
  const page = await visit("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await heading(page, "Forgot your password?").waitFor();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByRole("alert").waitFor();

  const staff = await visit();
  await logInStaff(staff);
  const link = await mailedLink(staff, email);
  await page.goto(link);
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await heading(page, "Overview").waitFor();

  const other = await visit("/login");
  await fillIn(other, email, PASSWORD);
  await other.getByRole("alert").waitFor();
  await fillIn(other, email, NEW_PASSWORD);
  await heading(other, "Overview").waitFor();

  const late = await visit(link);
  await late.getByLabel("New password").fill(PASSWORD);
  await late.getByRole("button", { name: "Set the password" }).click();
  await late.getByRole("link", { name: "Ask for a new link" }).waitFor();
});

/** From the outbox, where mails lie as long as there is no mail server. */
async function mailedLink(staff: Page, to: string): Promise<string> {
  const { mails } = await asking(staff)("{ mails(first: 50) { nodes { to text } } }");
  const link = mails.nodes.find((mail: any) => mail.to === to)?.text.match(/https?:\/\/\S+/)?.[0];
  if (link === undefined) throw new Error(`no mail to ${to}`);
  return link;
}
