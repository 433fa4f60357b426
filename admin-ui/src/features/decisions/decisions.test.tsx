import { waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";

test("staff see how often work was refused, why, and whom it hit", async () => {
  const world = newStaffWorld();
  const { user, findByRole, findByText, address } = openApp("/console/decisions", world);
  await findByText("970 allowed, 30 refused (3%)");
  const reasons = await findByRole("table", { name: "Refusals by reason" });
  expect(within(reasons).getByRole("row", { name: /^Rate limit .* 20$/ })).toBeDefined();
  const hours = await findByRole("table", { name: "Decisions over time" });
  expect(within(hours).getAllByRole("rowheader")).toHaveLength(1);
  const most = await findByRole("table", { name: "Organizations that were refused most often" });
  await user.click(within(most).getByRole("link", { name: "Acme" }));
  await waitFor(() => expect(address()).toBe(`/console/organizations/${world.organization.id}/decisions`));
});

test("customers see their own, and staff those of one organization", async () => {
  const own = openApp("/app/usage/decisions");
  await own.findByRole("heading", { name: "Decisions", level: 1 });
  await own.findByText("970 allowed, 30 refused (3%)");
  expect(own.queryByRole("table", { name: "Organizations that were refused most often" })).toBeNull();
  own.unmount();
  const world = newStaffWorld();
  const staff = openApp(`/console/organizations/${world.organization.id}/decisions`, world);
  await staff.findByText("970 allowed, 30 refused (3%)");
});

test("the span is in the address, and one that it invents is left out and named", async () => {
  const { user, findByText, findByRole, address } = openApp("/console/decisions?hours=5", newStaffWorld());
  await findByText(/not known here for hours/);
  await user.click(await findByRole("radio", { name: "7 days" }));
  expect(address()).toBe("/console/decisions?hours=168");
});

test("a span in which nobody asked says so", async () => {
  const world = newStaffWorld();
  world.root.usageDecisions = () => ({
    from: new Date().toISOString(),
    step: "HOUR",
    outcomes: [],
    steps: [],
    mostRefused: [],
  });
  const { findByText } = openApp("/console/decisions", world);
  expect(await findByText("Nobody asked in this span")).toBeDefined();
});
