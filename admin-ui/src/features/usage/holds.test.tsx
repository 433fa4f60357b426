import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";
import { newWorld } from "../../../test/world";

const none = () => ({
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
});

test("each hold says which key placed it", async () => {
  const { findByRole } = openApp("/app/usage/holds");
  const table = await findByRole("table", { name: "Holds" });
  expect(within(table).getByRole("columnheader", { name: "Key" })).toBeDefined();
  expect(within(table).getAllByText("qlp_4f2a20")).toHaveLength(2);
});

test("a state that the address invents is left out and named", async () => {
  const { findByText, findAllByRole } = openApp("/app/usage/holds?state=LOST");
  await findByText(/not known here for state/);
  expect(await findAllByRole("rowheader")).toHaveLength(2);
});

test("a page past the end says so and leads back, instead of denying all holds", async () => {
  const world = newWorld();
  const { holds } = world.organization;
  world.organization.holds = (args) => (args.after ? none() : holds(args));
  const { user, findByRole, findByText, findAllByRole, address } = openApp("/app/usage/holds?after=99", world);
  await findByText("Nothing further");
  await user.click(await findByRole("button", { name: "First page" }));
  expect(await findAllByRole("rowheader")).toHaveLength(2);
  expect(address()).toBe("/app/usage/holds");
});

test("a customer without holds is shown the call that places one, staff are not", async () => {
  const world = newWorld();
  world.organization.holds = none;
  const customer = openApp("/app/usage/holds", world);
  await customer.findByText(/authorizeUsage/);
  customer.unmount();

  const staff = newStaffWorld();
  staff.organization.holds = none;
  const { findByText, queryByText } = openApp(`/console/organizations/${staff.organization.id}/usage`, staff);
  await findByText("No hold yet");
  expect(queryByText(/authorizeUsage/)).toBeNull();
});
