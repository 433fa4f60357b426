import { waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../../test/render";
import { newStaffWorld, SUPPORT } from "../../../../test/staff-world";

test("each count leads to the organizations it counts", async () => {
  const { user, findByRole, address } = openApp("/console", newStaffWorld());
  await user.click(await findByRole("link", { name: "2 Trial" }));
  await findByRole("heading", { name: "2 organizations" });
  expect(address()).toBe("/console/organizations?status=TRIALING");
});

test("trials that end within seven days are named, the nearest first", async () => {
  const { findByRole } = openApp("/console", newStaffWorld());
  await findByRole("heading", { name: "2 trials end within 7 days" });
  expect(await findByRole("link", { name: "Customer 10" })).toBeDefined();
});

test("the menu holds only the rooms that the role opens", async () => {
  const { findByRole, queryByRole } = openApp("/console", newStaffWorld({ permissions: SUPPORT }));
  await findByRole("link", { name: "Catalog" });
  expect(queryByRole("link", { name: "Mails" })).toBeNull();
  expect(queryByRole("link", { name: "Service keys" })).toBeNull();
});

test("a room that the role does not open says who may", async () => {
  const { findByRole, findByText } = openApp("/console/platform/mails", newStaffWorld({ permissions: SUPPORT }));
  await findByRole("heading", { level: 1, name: "Not for your role" });
  expect(await findByText(/platform admins/)).toBeDefined();
});

test("the search finds pages at once and organizations from two letters on", async () => {
  const { user, findByRole, findByPlaceholderText, address } = openApp("/console", newStaffWorld());
  await user.click(await findByRole("button", { name: "Search pages, organizations and invoices" }));
  await user.type(await findByPlaceholderText(/an invoice's number/), "customer 12");
  await user.click(await findByRole("button", { name: /^Customer 12/ }));
  await waitFor(() => expect(address()).toMatch(/^\/console\/organizations\/.*112$/));
});
