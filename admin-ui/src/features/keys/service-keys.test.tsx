import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";

test("a service key's secret is shown once, with the word that each call names its organization", async () => {
  const world = newStaffWorld();
  const { user, findByRole, findByText, findAllByRole } = openApp("/console/platform/service-keys", world);
  await findByText("No service key yet");
  const [create] = await findAllByRole("button", { name: "Create a service key" });
  await user.click(create as HTMLElement);
  const form = within(await findByRole("dialog", { name: "Create a service key" }));
  await user.click(form.getByRole("button", { name: "Create the key" }));
  expect(form.getByText("Choose at least one")).toBeDefined();
  expect(world.calls).toEqual([]);

  await user.type(form.getByLabelText("Name"), "Generator");
  await user.click(form.getByRole("checkbox", { name: "Send usage" }));
  await user.click(form.getByRole("button", { name: "Create the key" }));
  const secret = within(await findByRole("dialog", { name: "The secret of Generator" }));
  expect(secret.getByLabelText("Secret")).toHaveProperty("value", "qlp_svc_s3cret");
  expect(secret.getByText(/Each call names the organization/)).toBeDefined();
  expect(secret.queryByText(/curl/)).toBeNull();
});

test("only what services do can be allowed", async () => {
  const { user, findByRole, findAllByRole } = openApp("/console/platform/service-keys", newStaffWorld());
  const [create] = await findAllByRole("button", { name: "Create a service key" });
  await user.click(create as HTMLElement);
  const form = within(await findByRole("dialog", { name: "Create a service key" }));
  expect(form.getAllByRole("checkbox")).toHaveLength(2);
});
