import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { newKey, generation, PASSWORD, send, signUp, unique } from "./people.ts";

const menuOf = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByRole("link").allInnerTexts();

test("who was invited sees what the role opens, and is out the moment they are removed", async ({ visit }) => {
  const owner = await visit();
  const organization = await signUp(owner);
  await send(await newKey(organization), [generation("one")]);
  await owner.goto("/app/settings/members");
  await owner.getByRole("button", { name: "Invite a member" }).click();
  const dialog = owner.getByRole("dialog");
  const email = `member-${unique()}@example.com`;
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await dialog.getByLabel("Invitation link").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  await owner.getByRole("table", { name: "Pending invitations" }).getByRole("rowheader", { name: email }).waitFor();

  const member = await visit(link);
  await member.getByText(`invites you to ${organization.name} as member`).waitFor();
  await member.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await member.getByRole("button", { name: `Join ${organization.name}` }).click();
  await member.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await member.getByRole("meter", { name: "Generations" }).waitFor();

  const menu = await menuOf(member);
  expect(menu).toContain("Events");
  for (const closed of ["API keys", "Upcoming invoice", "Members", "Organization"]) expect(menu).not.toContain(closed);
  expect(await member.getByText("The bill so far").count()).toBe(0);
  expect(await member.getByRole("main").innerText()).not.toContain("$");
  for (const path of ["/app/developers/keys", "/app/billing/upcoming", "/app/settings/members", "/console"]) {
    await member.goto(path);
    await member.getByRole("heading", { name: "Not for your role" }).waitFor();
  }

  await member.goto("/app");
  await member.getByRole("meter", { name: "Generations" }).waitFor();
  await owner.reload();
  await owner.getByRole("button", { name: `Actions for ${email}` }).click();
  await owner.getByRole("menuitem", { name: "Remove" }).click();
  const consequence = owner.getByRole("dialog", { name: `Remove ${email}` });
  await consequence.getByText("Every session of theirs ends at once.").waitFor();
  await consequence.getByRole("button", { name: "Remove" }).click();
  await owner.getByText(`${email} was removed.`).waitFor();
  await expect.poll(() => owner.getByRole("rowheader", { name: email }).count()).toBe(0);

  await member.getByRole("link", { name: "Events" }).click();
  await member.getByRole("dialog", { name: "Your session has ended" }).waitFor();
  await member.goto("/app");
  await member.getByRole("heading", { name: "Log in" }).waitFor();
  await member.goto(link);
  await member.getByText("This link does not work any more").waitFor();
});
