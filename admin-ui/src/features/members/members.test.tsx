import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

test("an invitation's link can be copied, and the invitation is listed", async () => {
  const { user, findByRole, findByLabelText } = openApp("/app/settings/members");
  await user.click(await findByRole("button", { name: "Invite a member" }));
  await user.type(await findByLabelText("E-mail"), "ann@acme.example");
  await user.click(await findByRole("radio", { name: "Billing" }));
  await user.click(await findByRole("button", { name: "Invite" }));

  expect(await findByLabelText("Invitation link")).toHaveProperty("value", "http://127.0.0.1:4000/invitations/xyz");
  await user.click(await findByRole("button", { name: "Done" }));
  const invitations = await findByRole("table", { name: "Pending invitations" });
  expect(await within(invitations).findByRole("row", { name: /ann@acme\.example Billing/ })).toBeDefined();
});

test("a role that the viewer may not give is refused in its place", async () => {
  const world = newWorld();
  world.root.inviteMember = () => ({ __typename: "RoleNotAllowed", message: "You may not invite an owner." });
  const { user, findByRole, findByLabelText, findByText } = openApp("/app/settings/members", world);
  await user.click(await findByRole("button", { name: "Invite a member" }));
  await user.type(await findByLabelText("E-mail"), "ann@acme.example");
  await user.click(await findByRole("radio", { name: "Owner" }));
  await user.click(await findByRole("button", { name: "Invite" }));
  expect(await findByText("You may not invite an owner.")).toBeDefined();
});

test("removing says what stays, and the last owner cannot go", async () => {
  const { user, findByRole, findByText } = openApp("/app/settings/members");
  await user.click(await findByRole("button", { name: "Actions for owner@acme.example" }));
  await user.click(await findByText("Remove"));
  const dialog = await findByRole("dialog", { name: "Remove owner@acme.example" });
  await within(dialog).findByText(/stay and go on working: Production, Dashboard/);
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  expect(await within(dialog).findByText("The last owner cannot go.")).toBeDefined();
});

test("a changed role stands in the row", async () => {
  const { user, findByRole, findByText } = openApp("/app/settings/members");
  await user.click(await findByRole("button", { name: "Actions for dev@acme.example" }));
  await user.click(await findByText("Change role"));
  const dialog = await findByRole("dialog", { name: "Change the role of dev@acme.example" });
  await user.click(within(dialog).getByRole("radio", { name: "Admin" }));
  await user.click(within(dialog).getByRole("button", { name: "Change the role" }));
  const row = await findByRole("row", { name: /dev@acme\.example Admin/ });
  expect(row).toBeDefined();
});

test("who may look but not act is told who can", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["members:read"] };
  const { findByRole } = openApp("/app/settings/members", world);
  const invite = await findByRole("button", { name: "Invite a member" });
  expect(invite.getAttribute("aria-disabled")).toBe("true");
  expect(invite.getAttribute("title")).toBe("Only owners and admins can do this.");
});
