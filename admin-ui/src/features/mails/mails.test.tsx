import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";

test("a waiting mail opens with a link that can be passed on", async () => {
  const { user, findByRole } = openApp("/console/platform/mails", newStaffWorld());
  const row = within(await findByRole("row", { name: /person1@acme\.example.*Waiting/ }));
  await user.click(row.getByRole("link", { name: "Join Acme on QLP" }));
  const drawer = within(await findByRole("dialog", { name: "Mail" }));
  expect(drawer.getByLabelText("Link")).toHaveProperty("value", "http://127.0.0.1:4000/invitations/abc123");
  expect(drawer.getByText(/acts as the person it was written to/)).toBeDefined();
});

test("a mail that was sent shows no link, one that was not taken says why", async () => {
  const { user, findByRole } = openApp("/console/platform/mails", newStaffWorld());
  await user.click(await findByRole("link", { name: "Reset your password" }));
  const sent = within(await findByRole("dialog", { name: "Mail" }));
  expect(sent.queryByLabelText("Link")).toBeNull();
  await user.click(sent.getByRole("button", { name: "Close" }));

  const row = within(await findByRole("row", { name: /Not taken/ }));
  await user.click(row.getByRole("link", { name: "Join Acme on QLP" }));
  expect(within(await findByRole("dialog", { name: "Mail" })).getByText("550 no such mailbox")).toBeDefined();
});
