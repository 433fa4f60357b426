import { expect, test } from "vitest";
import { FREE } from "../../../test/catalog";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

test("who may not see billing sees usage and no money", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["usage:read"] };
  const { findByRole, queryByText } = openApp("/app", world);
  await findByRole("meter", { name: "Generations" });
  expect(queryByText("The bill so far")).toBeNull();
  expect(queryByText(/Starter, renews/)).toBeNull();
  expect(queryByText(/a month/)).toBeNull();
});

test("a page behind a permission says who may open it", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["usage:read"] };
  const { findByRole, findByText } = openApp("/app/billing/upcoming", world);
  await findByRole("heading", { level: 1, name: "Not for your role" });
  expect(await findByText(/owners, admins and billing members/)).toBeDefined();
});

test("the trial starts after its consequences were read, and the plan says so", async () => {
  const world = newWorld();
  world.subscription.plan = FREE;
  const { user, findByRole, findByText } = openApp("/app", world);
  await user.click(await findByRole("button", { name: "Start the 14-day trial" }));
  await findByText(/No card/);
  await user.click(await findByRole("button", { name: "Start the trial" }));
  expect(await findByText(/^Trial: 9 days left/)).toBeDefined();
});

test("who had a trial is not offered another", async () => {
  const world = newWorld();
  Object.assign(world.subscription, { plan: FREE, trialUsed: true });
  const { findByText, queryByRole } = openApp("/app", world);
  await findByText(/^Free\. The allowance/);
  expect(queryByRole("button", { name: /trial/ })).toBeNull();
});

test("a new organization has its first steps until they are done", async () => {
  const { findByText, findByRole } = openApp("/app", newWorld({ events: 0 }));
  await findByText("3 of 4 done");
  expect(await findByRole("link", { name: "Send the first event" })).toBeDefined();
});
