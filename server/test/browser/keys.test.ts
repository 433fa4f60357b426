import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { generation, newKey, send, signUp } from "./people.ts";

const rows = (page: Page) => page.getByRole("table", { name: "API keys" }).getByRole("rowheader");

async function act(page: Page, key: string, verb: string): Promise<void> {
  await page
    .getByRole("button", { name: `Actions for ${key}` })
    .first()
    .click();
  await page.getByRole("menuitem", { name: verb }).click();
}

test("a key's secret is shown once and works; closing before copying asks first", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await page.goto("/app/developers/keys");
  await page.getByRole("button", { name: "Create an API key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name").fill("Production");
  expect(await form.getByRole("checkbox", { checked: true }).count()).toBe(0);
  await form.getByRole("button", { name: "Create the key" }).click();
  await form.getByText("Choose at least one").waitFor();
  await form.getByRole("button", { name: "A service that reports usage" }).click();
  await form.getByRole("button", { name: "Create the key" }).click();

  const shown = page.getByRole("dialog", { name: "The secret of Production" });
  const secret = await shown.getByLabel("Secret").inputValue();
  expect(secret).toMatch(/^qlp_/);
  expect(await send(secret, [generation("one")])).toMatchObject([{ status: "ACCEPTED" }]);
  await shown.getByRole("button", { name: "Close" }).first().click();
  await shown.getByText("You have not copied the secret.").waitFor();
  await shown.getByRole("button", { name: "Close without copying" }).click();
  await shown.waitFor({ state: "hidden" });

  await page.reload();
  await rows(page).filter({ hasText: "Production" }).waitFor();
  expect(await page.content()).not.toContain(secret);
});

test("rotating gives a new secret beside the old one, or at once instead of it", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  const old = await newKey(organization, "Production");
  await page.goto("/app/developers/keys");
  await act(page, "Production", "Rotate");
  const dialog = page.getByRole("dialog", { name: "Rotate Production" });
  await dialog.getByLabel("The old secret works on for").selectOption("Not at all: the old secret stops at once");
  await dialog.getByRole("button", { name: "Rotate" }).click();

  const shown = page.getByRole("dialog", { name: "The secret of Production" });
  const secret = await shown.getByLabel("Secret").inputValue();
  expect(secret).not.toBe(old);
  expect(await send(secret, [generation("one")])).toMatchObject([{ status: "ACCEPTED" }]);
  await expect(send(old, [generation("two")])).rejects.toThrow("UNAUTHENTICATED");
});

test("a key in use is revoked only after its consequence was read, and fails at once", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  const secret = await newKey(organization, "Production");
  await send(secret, [generation("one")]);
  await page.goto("/app/developers/keys");
  await rows(page).filter({ hasText: "Production" }).waitFor();
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("cell", { name: "Never" }).count();
    })
    .toBe(0);

  await act(page, "Production", "Revoke");
  const dialog = page.getByRole("dialog", { name: "Revoke Production" });
  await dialog.getByText("its requests fail at once").waitFor();
  const confirm = dialog.getByRole("button", { name: "Revoke" });
  expect(await confirm.isDisabled()).toBe(true);
  const field = dialog.getByRole("textbox");
  const prefix = (await dialog.getByText(/^Type .* to confirm$/).innerText()).split(" ")[1] ?? "";
  expect(secret.startsWith(prefix)).toBe(true);
  await field.fill(prefix);
  await confirm.click();
  await page.getByText("Production was revoked.").waitFor();
  await expect(send(secret, [generation("two")])).rejects.toThrow("UNAUTHENTICATED");

  await page.getByText("No key is in use").waitFor();
  await page.getByRole("switch", { name: "Revoked and expired, too" }).check({ force: true });
  await page.getByRole("cell", { name: "Revoked" }).waitFor();
  expect(page.url()).toContain("all=1");
});
