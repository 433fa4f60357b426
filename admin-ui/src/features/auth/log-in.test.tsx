import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

const outside = () => {
  const world = newWorld();
  world.state.viewer = null;
  return world;
};

test("who is not logged in logs in first and then stands where they wanted to go", async () => {
  const { findByRole, getByLabelText, user, address } = openApp("/app/profile", outside());
  await findByRole("heading", { level: 1, name: "Log in" });
  expect(address()).toBe("/login?next=%2Fapp%2Fprofile");

  await user.type(getByLabelText("E-mail"), "owner@acme.example");
  await user.type(getByLabelText("Password"), "right-horse-battery");
  await user.click(await findByRole("button", { name: "Log in" }));

  await findByRole("heading", { level: 1, name: "Profile" });
  expect(address()).toBe("/app/profile");
});

test("a wrong password keeps the e-mail and asks for the password again", async () => {
  const { findByLabelText, findByRole, getByLabelText, user } = openApp("/login", outside());
  await user.type(await findByLabelText("E-mail"), "owner@acme.example");
  await user.type(getByLabelText("Password"), "wrong");
  await user.click(await findByRole("button", { name: "Log in" }));

  expect((await findByRole("alert")).textContent).toContain("E-mail or password is wrong.");
  expect(getByLabelText("E-mail")).toHaveProperty("value", "owner@acme.example");
  expect(getByLabelText("Password")).toHaveProperty("value", "");
  expect(document.activeElement).toBe(getByLabelText("Password"));
});

test("an address that is taken is said at the field", async () => {
  const { findByLabelText, findByText, findByRole, user } = openApp("/signup", outside());
  await user.type(await findByLabelText("Organization"), "Acme");
  await user.type(await findByLabelText("E-mail"), "owner@acme.example");
  await user.type(await findByLabelText("Password"), "right-horse-battery");
  await user.click(await findByRole("button", { name: "Create the organization" }));

  await findByText(/This address is in use/);
  expect(await findByLabelText("E-mail")).toHaveProperty("ariaInvalid", "true");
});
