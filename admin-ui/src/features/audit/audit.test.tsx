import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";

const ACME = "00000000-0000-7000-9000-000000000005";

test("an entry opens beside the list with what changed and the request that did it", async () => {
  const { user, findByRole, address } = openApp("/console/audit", newStaffWorld());
  await user.click(await findByRole("link", { name: "Changed a member's role" }));
  const drawer = within(await findByRole("dialog", { name: "Audit entry" }));
  expect(drawer.getByText("req-1")).toBeDefined();
  expect(drawer.getByText(/"before": "MEMBER"/)).toBeDefined();
  expect(address()).toMatch(/^\/console\/audit\?open=/);
});

test("looks and changes by our own staff are marked, and each entry says whose data it was", async () => {
  const { findByRole } = openApp("/console/audit", newStaffWorld());
  const table = within(await findByRole("table", { name: "Audit log" }));
  expect(table.getByRole("row", { name: /Looked into the organization.*QLP staff.*Acme/ })).toBeDefined();
  expect(table.getByRole("row", { name: /Advanced the sandbox clock.*The platform/ })).toBeDefined();
  expect(table.getByRole("row", { name: /Changed a member's role/ }).textContent).not.toContain("QLP staff");
});

test("the entries of one organization are a filter that can be taken away", async () => {
  const { user, findByRole, findByText, address } = openApp(`/console/audit?organization=${ACME}`, newStaffWorld());
  await findByText("2 entries");
  await user.click(await findByRole("button", { name: "Remove the filter Acme" }));
  await findByText("3 entries");
  expect(address()).toBe("/console/audit");
});

test("the customer's own log holds our looks, too", async () => {
  const { findByRole, findByText } = openApp(`/console/organizations/${ACME}/audit`, newStaffWorld());
  await findByText("2 entries");
  expect(await findByRole("link", { name: "Looked into the organization" })).toBeDefined();
});
