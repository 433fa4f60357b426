import { fireEvent, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../../test/render";
import { newStaffWorld, SUPPORT } from "../../../../test/staff-world";

const ACME = "/console/organizations/00000000-0000-7000-9000-000000000005";
const START = "2026-12-01T10:00:00.000Z";

const sandbox = (permissions?: readonly string[]) => {
  const world = newStaffWorld(permissions ? { permissions } : {});
  world.setClock(START);
  return world;
};

test("connected to Stripe there is no sandbox clock", async () => {
  const { findByRole, queryByRole } = openApp("/console", newStaffWorld());
  await findByRole("heading", { level: 1, name: "Home" });
  expect(queryByRole("complementary", { name: "Sandbox clock" })).toBeNull();
});

test("support moves the clock as all staff do", async () => {
  const { findByRole } = openApp("/console", sandbox(SUPPORT));
  const bar = await findByRole("complementary", { name: "Sandbox clock" });
  await waitFor(() => expect(bar.textContent).toContain("1 Dec 2026, 10:00 UTC"));
  const button = await findByRole("button", { name: "Advance the clock" });
  expect(button.getAttribute("aria-disabled")).toBeNull();
});

test("the clock goes to the end of the period of the organization on screen", async () => {
  const world = sandbox();
  const periodEnd = "2026-12-24T08:30:00.000Z";
  world.subscription.currentPeriodEnd = periodEnd;
  const { user, findByRole, findByText } = openApp(ACME, world);
  await user.click(await findByRole("button", { name: "Advance the clock" }));
  await findByText("Time moves for all organizations, and never back.");
  await user.click(await findByRole("radio", { name: "To the end of the period of Acme" }));
  await user.click(await findByRole("button", { name: "Advance" }));
  await findByText("It is 24 Dec 2026, 08:30 UTC in the sandbox.");
  expect(world.calls).toEqual([{ name: "advanceSandboxClock", input: { to: periodEnd } }]);
  const bar = await findByRole("complementary", { name: "Sandbox clock" });
  await waitFor(() => expect(bar.textContent).toContain("24 Dec 2026, 08:30 UTC"));
});

test("a moment in the past is refused at its field, and nothing is sent", async () => {
  const world = sandbox();
  const { user, findByRole, findByLabelText, findByText } = openApp("/console", world);
  await user.click(await findByRole("button", { name: "Advance the clock" }));
  await user.click(await findByRole("radio", { name: "To another moment" }));
  fireEvent.change(await findByLabelText("Moment (UTC)"), { target: { value: "2026-11-30T10:00" } });
  await user.click(await findByRole("button", { name: "Advance" }));
  await findByText("The clock moves forward only");
  expect(world.calls).toEqual([]);
});
