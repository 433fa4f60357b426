import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { FINANCE, newStaffWorld, SUPPORT } from "../../../test/staff-world";

const EVENTS = "/console/organizations/00000000-0000-7000-9000-000000000005/events";
const newest = (world: ReturnType<typeof newStaffWorld>) => world.organization.usageEvents({}).nodes[0];

test("voiding names its effect first, asks for the reason, and tells what became of the bill", async () => {
  const world = newStaffWorld({ permissions: FINANCE });
  const event = newest(world);
  const { user, findByRole, findByText } = openApp(`${EVENTS}?open=${event?.id}`, world);
  await user.click(await findByRole("button", { name: "Void this event" }));
  const dialog = within(await findByRole("dialog", { name: `Void the event ${event?.idempotencyKey}` }));
  expect(dialog.getByText(/comes off the open bill/)).toBeDefined();

  await user.click(dialog.getByRole("button", { name: "Void the event" }));
  expect(dialog.getByText("Say why the event is wrong")).toBeDefined();
  expect(world.calls).toEqual([]);

  await user.type(dialog.getByLabelText("Reason"), "Sent twice");
  await user.click(dialog.getByRole("button", { name: "Void the event" }));
  await findByText(/was voided\. The open bill stays \$111\.35\./);
  expect(world.calls[0]?.input).toMatchObject({ idempotencyKey: event?.idempotencyKey, reason: "Sent twice" });
});

test("an event that somebody else voided meanwhile says so, and cannot be voided again", async () => {
  const world = newStaffWorld();
  world.root.voidUsage = () => ({ __typename: "AlreadyVoided", message: "The event was voided already." });
  const event = newest(world);
  const { user, findByRole } = openApp(`${EVENTS}?open=${event?.id}`, world);
  await user.click(await findByRole("button", { name: "Void this event" }));
  const dialog = within(await findByRole("dialog", { name: `Void the event ${event?.idempotencyKey}` }));
  await user.type(dialog.getByLabelText("Reason"), "Sent twice");
  await user.click(dialog.getByRole("button", { name: "Void the event" }));
  expect((await dialog.findByRole("alert")).textContent).toContain("The event was voided already.");
  expect(dialog.getByRole("button", { name: "Void the event" })).toHaveProperty("disabled", true);
});

test("who may not touch what is billed sees the act, and who may", async () => {
  const world = newStaffWorld({ permissions: SUPPORT });
  const { findByRole } = openApp(`${EVENTS}?open=${newest(world)?.id}`, world);
  const button = await findByRole("button", { name: "Void this event" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
});
