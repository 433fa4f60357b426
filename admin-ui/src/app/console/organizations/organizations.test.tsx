import { waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../../test/render";
import { broken, newStaffWorld } from "../../../../test/staff-world";

const LIST = "/console/organizations";

test("a search waits for the typing to end, and then stands in the address with its count", async () => {
  const { user, findByRole, address } = openApp(LIST, newStaffWorld());
  await user.type(await findByRole("searchbox", { name: "Search" }), "customer 07");
  expect(address()).toBe(LIST);

  await findByRole("heading", { name: "1 organization" });
  expect(address()).toBe(`${LIST}?search=customer+07`);
  expect(await findByRole("rowheader", { name: "Customer 07" })).toBeDefined();
});

test("plan and status are chips that can be taken away one by one", async () => {
  const { user, findByRole, address } = openApp(`${LIST}?plan=PROFESSIONAL&status=TRIALING`, newStaffWorld());
  await findByRole("heading", { name: "2 organizations" });
  await user.click(await findByRole("button", { name: "Remove the filter Trial" }));
  await findByRole("heading", { name: "14 organizations" });
  expect(address()).toBe(`${LIST}?plan=PROFESSIONAL`);
});

test("a list that its filters emptied names them and offers to clear them", async () => {
  const { user, findByRole, findByText, address } = openApp(`${LIST}?search=nobody&plan=STARTER`, newStaffWorld());
  await findByText("No organization matches");
  await findByText('"nobody", Starter');
  await user.click(await findByRole("button", { name: "Clear the filters" }));
  await findByRole("heading", { name: "30 organizations" });
  expect(address()).toBe(LIST);
});

test("the order is the columns', says so to everybody, and turns around", async () => {
  const { user, findByRole, address } = openApp(LIST, newStaffWorld());
  const created = await findByRole("columnheader", { name: "Created" });
  expect(created.getAttribute("aria-sort")).toBe("descending");

  const name = await findByRole("columnheader", { name: "Organization" });
  await user.click(within(name).getByRole("button"));
  await waitFor(() => expect(address()).toBe(`${LIST}?sort=NAME`));
  await user.click(within(await findByRole("columnheader", { name: "Organization" })).getByRole("button"));
  await waitFor(() => expect(address()).toBe(`${LIST}?sort=NAME&direction=DESC`));
});

test("two quick clicks on a column turn the list around, not only the address", async () => {
  const { user, findByRole, address } = openApp(`${LIST}?search=Customer+0`, newStaffWorld());
  const table = within(await findByRole("table", { name: "Organizations" }));
  const order = () => table.getAllByRole("rowheader").map(({ textContent }) => textContent);
  expect(order()[0]).toBe("Customer 01");

  const button = within(table.getByRole("columnheader", { name: "Organization" })).getByRole("button");
  await user.click(button);
  await user.click(button);
  await waitFor(() => expect(order()).toEqual(order().toSorted().toReversed()));
  expect(order()[0]).toBe("Customer 09");
  expect(address()).toBe(`${LIST}?search=Customer+0&sort=NAME&direction=DESC`);
});

test("pages go forward by cursor and back the way one came", async () => {
  const { user, findByRole, findByText, address } = openApp(LIST, newStaffWorld());
  await findByText("25 of 30 organizations");
  await user.click(await findByRole("button", { name: "Next" }));
  await findByText("5 of 30 organizations");
  expect(address()).toBe(`${LIST}?after=25`);
  await user.click(await findByRole("button", { name: "Previous" }));
  await findByText("25 of 30 organizations");
  expect(address()).toBe(LIST);
});

test("a failure is said in place, with the request and another try", async () => {
  const world = newStaffWorld();
  const { organizations } = world.root;
  world.root.organizations = broken;
  const { user, findByRole, findByText, getByRole } = openApp(LIST, world);
  await findByRole("heading", { name: "The organizations could not be loaded" });
  await findByText("req-500");
  expect(getByRole("searchbox", { name: "Search" })).toBeDefined();

  world.root.organizations = organizations;
  await user.click(getByRole("button", { name: "Retry" }));
  await findByRole("heading", { name: "30 organizations" });
});

test("a plan that the address invents is left out and named", async () => {
  const { findByText, findByRole } = openApp(`${LIST}?plan=GOLD`, newStaffWorld());
  await findByText(/not known here for plan/);
  expect(await findByRole("heading", { name: "30 organizations" })).toBeDefined();
});

test("the filters of the list survive the way to one organization and back", async () => {
  const { user, findByRole, address } = openApp(`${LIST}?plan=FREE&search=customer`, newStaffWorld());
  await user.click(await findByRole("link", { name: "Customer 01" }));
  await findByRole("heading", { level: 1, name: "Customer 01" });
  const crumbs = await findByRole("navigation", { name: "Breadcrumbs" });
  await user.click(within(crumbs).getByRole("link", { name: "Organizations" }));
  await findByRole("heading", { name: "15 organizations" });
  expect(address()).toBe(`${LIST}?plan=FREE&search=customer`);
});
