import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { FINANCE, newStaffWorld, SUPPORT } from "../../../test/staff-world";

const SUBSCRIPTION = "/console/organizations/00000000-0000-7000-9000-000000000005/subscription";

test("a route is chosen after it was said from when it holds, and stands beside the one of this period", async () => {
  const world = newStaffWorld({ permissions: FINANCE });
  const { user, findByRole, findByText } = openApp(SUBSCRIPTION, world);
  await findByRole("heading", { name: "Usage is billed by invoice items" });
  await user.click(await findByRole("button", { name: "Actions for the route of API calls" }));
  await user.click(await findByRole("menuitem", { name: "Bill API calls by a meter of Stripe's" }));
  const dialog = within(await findByRole("dialog", { name: "Bill API calls by a meter of Stripe's" }));
  expect(dialog.getByText(/The period that runs is billed as it began/)).toBeDefined();
  expect(world.calls).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Bill by a meter of Stripe's" }));
  await findByText("Stripe meter from the next period on.");
  expect(world.calls[0]?.input).toMatchObject({ meter: "api_calls", route: "STRIPE_METER" });
  await findByRole("heading", { name: "1 of 4 meters is billed by Stripe's" });
  const routes = within(await findByRole("table", { name: "Routes of usage" }));
  expect(routes.getByRole("row", { name: /^API calls Invoice item Stripe meter from / })).toBeDefined();
});

test("a refusal is said in the dialog", async () => {
  const world = newStaffWorld({ permissions: FINANCE });
  world.root.setUsageRoute = () => ({ __typename: "UsageRouteRefused", message: "There is no paid subscription." });
  const { user, findByRole } = openApp(SUBSCRIPTION, world);
  await user.click(await findByRole("button", { name: "Actions for the route of Compute" }));
  await user.click(await findByRole("menuitem", { name: "Bill compute by a meter of Stripe's" }));
  const dialog = within(await findByRole("dialog", { name: "Bill compute by a meter of Stripe's" }));
  const verb = dialog.getByRole("button", { name: "Bill by a meter of Stripe's" });
  await user.click(verb);
  expect((await dialog.findByRole("alert")).textContent).toContain("There is no paid subscription.");
  expect(verb).toHaveProperty("disabled", true);
});

test("who may not choose sees the routes, and who could", async () => {
  const { findByRole } = openApp(SUBSCRIPTION, newStaffWorld({ permissions: SUPPORT }));
  const menu = await findByRole("button", { name: /Actions for the route of Storage/ });
  expect(menu.getAttribute("aria-disabled")).toBe("true");
});
