import { fireEvent, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../../test/render";
import { broken, newStaffWorld, SUPPORT } from "../../../../test/staff-world";

const ACME = "/console/organizations/00000000-0000-7000-9000-000000000005";
const other = (world: ReturnType<typeof newStaffWorld>) => world.organizations[7]?.id ?? "";

test("the bar says whose data this is, how they stand, and that looking is written down", async () => {
  const { findByRole } = openApp(ACME, newStaffWorld());
  const bar = await findByRole("complementary", { name: "This visit" });
  expect(bar.textContent).toContain("Acme, Starter, active. This visit is an audit entry.");
});

test("each room is a link of its own, named in the heading and marked in the row", async () => {
  const { user, findByRole, address } = openApp(ACME, newStaffWorld());
  const rooms = await findByRole("navigation", { name: "Organization" });
  for (const [tab, path] of [
    ["Usage", "/usage"],
    ["Events", "/events"],
    ["Upcoming invoice", "/billing"],
    ["Subscription", "/subscription"],
    ["Members", "/members"],
    ["API keys", "/keys"],
    ["Webhooks", "/webhooks"],
    ["Audit log", "/audit"],
  ] as const) {
    await user.click(within(rooms).getByRole("link", { name: tab }));
    await findByRole("heading", { level: 1, name: tab });
    expect(address()).toBe(`${ACME}${path}`);
    await waitFor(() =>
      expect(within(rooms).getByRole("link", { name: tab }).getAttribute("aria-current")).toBe("page"),
    );
  }
});

test("switching the organization keeps the room", async () => {
  const world = newStaffWorld();
  const { user, findByRole, findByLabelText, address } = openApp(`${ACME}/members`, world);
  await user.click(await findByRole("button", { name: "Switch organization" }));
  // Nothing is laid out here, so the dropdown counts as hidden: roles do not see it and keys do not reach it.
  fireEvent.change(await findByLabelText("Search organizations"), { target: { value: "customer 07" } });
  const option = await findByRole("option", { name: /Customer 07/, hidden: true });
  await user.click(option);
  await waitFor(() => expect(address()).toBe(`/console/organizations/${other(world)}/members`));
  await findByRole("heading", { level: 1, name: "Members" });
  expect((await findByRole("complementary", { name: "This visit" })).textContent).toContain("Customer 07");
});

test("an id that is nobody's reads like an address that never was", async () => {
  const { findByRole } = openApp("/console/organizations/00000000-0000-7000-9000-00000000dead", newStaffWorld());
  expect(await findByRole("heading", { level: 1, name: "Not found" })).toBeDefined();
});

test("an organization that cannot be loaded says so and can be tried again", async () => {
  const world = newStaffWorld();
  const { organization } = world.root;
  world.root.organization = broken;
  const { user, findByRole } = openApp(`${ACME}/keys`, world);
  await findByRole("heading", { name: "The organization could not be loaded" });
  world.root.organization = organization;
  await user.click(await findByRole("button", { name: "Retry" }));
  expect(await findByRole("heading", { level: 1, name: "API keys" })).toBeDefined();
});

test("the overview has the plan, what is left, the bill and the periods that lead to their usage", async () => {
  const { user, findByRole, findByText, address } = openApp(ACME, newStaffWorld());
  await findByText(/Starter, renews/);
  await findByRole("meter", { name: "Generations" });
  await findByRole("region", { name: "The bill so far" });
  const periods = await findByRole("region", { name: "Billing periods" });
  expect(within(periods).getByText("Running")).toBeDefined();
  const usage = within(periods).getAllByRole("link", { name: /^Usage of/ });
  await user.click(usage[1] as HTMLElement);
  await waitFor(() => expect(address()).toBe(`${ACME}/usage?period=00000000-0000-7000-9000-000000000031`));
});

test("who reads only sees members and keys, and no way to change them", async () => {
  const { user, findByRole, findByText, queryByRole } = openApp(
    `${ACME}/members`,
    newStaffWorld({ permissions: SUPPORT }),
  );
  await findByText("dev@acme.example");
  expect(queryByRole("button", { name: /^Actions for/ })).toBeNull();
  await user.click(await findByRole("link", { name: "API keys" }));
  await findByText("Production");
  expect(queryByRole("button", { name: /^Actions for/ })).toBeNull();
});
