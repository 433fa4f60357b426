import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { seeded } from "../../../test/random";
import { usageEvent } from "../../../test/usage";
import { newWorld } from "../../../test/world";

test("the key is made in place, every snippet holds it, and the first event shows up by itself", async () => {
  const world = newWorld({ events: 3 });
  const { user, findByRole, findByText, findByLabelText } = openApp("/app/quickstart", world);
  await user.click(await findByRole("button", { name: "Create the key" }));
  await findByLabelText("Secret");
  expect((await findByLabelText("Code")).textContent).toContain("authorization: Bearer qlp_4f2a_s3cret");

  await findByText(/^Listening/);
  world.addEvent(usageEvent(900, new Date(), 0, seeded(1)));
  await findByText("Accepted", {}, { timeout: 4_000 });
  expect((await findByText(/1 of 100 generations included/)).textContent).toContain("$0.00");
});

test("without the right to make keys there is a text to send to who has it", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["usage:read"] };
  const { findByLabelText, findByText } = openApp("/app/quickstart", world);
  await findByText(/Keys are made by owners and admins/);
  expect((await findByLabelText("Request")).getAttribute("value")).toContain("Please create an API key for Acme");
});

test("the secret never gets into the address or storage", async () => {
  const { user, findByRole, findByLabelText, address } = openApp("/app/quickstart");
  await user.click(await findByRole("button", { name: "Create the key" }));
  await findByLabelText("Secret");
  expect(address()).toBe("/app/quickstart");
  expect(JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])).not.toContain("qlp_");
});
