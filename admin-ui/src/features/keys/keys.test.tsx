import { within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

test("a new key's secret is shown once, with code that holds it; closing before copying asks first", async () => {
  const { user, findByRole, findByLabelText, findByText, queryByDisplayValue } = openApp("/app/developers/keys");
  const [create] = await within(await findByRole("main")).findAllByRole("button", { name: "Create an API key" });
  await user.click(create!);
  await user.type(await findByLabelText("Name"), "Ingest");
  await user.click(await findByRole("button", { name: "A service that reports usage" }));
  await user.click(await findByRole("button", { name: "Create the key" }));

  const dialog = await findByRole("dialog", { name: "The secret of Ingest" });
  expect(within(dialog).getByLabelText("Secret")).toHaveProperty("value", "qlp_4f2a_s3cret");
  expect(within(dialog).getByLabelText("Code").textContent).toContain("authorization: Bearer qlp_4f2a_s3cret");

  await user.click(within(dialog).getByRole("button", { name: "I stored it" }));
  await findByText(/You have not copied the secret/);
  await user.click(within(dialog).getByRole("button", { name: "Close without copying" }));
  await findByText("Ingest");
  await expect.poll(() => queryByDisplayValue("qlp_4f2a_s3cret")).toBeNull();
});

test("a secret that the browser did not let us copy does not count as copied", async () => {
  const { user, findByRole, findAllByRole, findByLabelText, findByText } = openApp("/app/developers/keys");
  const [create] = await findAllByRole("button", { name: "Create an API key" });
  await user.click(create!);
  await user.type(await findByLabelText("Name"), "Ingest");
  await user.click(await findByRole("button", { name: "A service that reports usage" }));
  await user.click(await findByRole("button", { name: "Create the key" }));
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValueOnce(new DOMException("denied", "NotAllowedError"));
  Object.assign(document, { execCommand: () => false });
  const dialog = await findByRole("dialog", { name: "The secret of Ingest" });
  const [copy] = within(dialog).getAllByRole("button", { name: "Copy" });
  await user.click(copy!);
  await user.click(within(dialog).getByRole("button", { name: "I stored it" }));
  await findByText(/You have not copied the secret/);
  await user.click(copy!);
  await within(dialog).findByRole("button", { name: "Copied" });
  expect(await navigator.clipboard.readText()).toBe("qlp_4f2a_s3cret");
});

test("no right is ticked before somebody chooses it, and none is refused at the field", async () => {
  const { user, findAllByRole, findByRole, findByLabelText, findByText } = openApp("/app/developers/keys");
  const [create] = await findAllByRole("button", { name: "Create an API key" });
  await user.click(create!);
  for (const box of await findAllByRole("checkbox")) expect(box).toHaveProperty("checked", false);
  await user.type(await findByLabelText("Name"), "Ingest");
  await user.click(await findByRole("button", { name: "Create the key" }));
  expect(await findByText("Choose at least one")).toBeDefined();
});

test("a key in use is revoked only after its prefix was typed", async () => {
  const { user, findByRole, findByText } = openApp("/app/developers/keys");
  await user.click(await findByRole("button", { name: "Actions for Production" }));
  await user.click(await findByText("Revoke"));
  const dialog = await findByRole("dialog", { name: "Revoke Production" });
  await within(dialog).findByText("Used 3 minutes ago; its requests fail at once.");

  const revoke = within(dialog).getByRole("button", { name: "Revoke" });
  expect(revoke).toHaveProperty("disabled", true);
  await user.type(within(dialog).getByLabelText(/Type qlp_4f2a20/), "qlp_4f2a20");
  await user.click(revoke);
  expect(await findByText("Production was revoked.")).toBeDefined();
});

test("a key that cannot be rotated says why in the dialog", async () => {
  const world = newWorld();
  world.root.rotateApiKey = () => ({ __typename: "KeyNotActive", message: "This key has expired." });
  const { user, findByRole, findByText } = openApp("/app/developers/keys", world);
  await user.click(await findByRole("button", { name: "Actions for Production" }));
  await user.click(await findByText("Rotate"));
  const dialog = await findByRole("dialog", { name: "Rotate Production" });
  await user.click(within(dialog).getByRole("button", { name: "Rotate" }));
  expect(await within(dialog).findByText("This key has expired.")).toBeDefined();
});
