import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";
import { seeded } from "../../../test/random";
import { usageEvent } from "../../../test/usage";
import { newWorld } from "../../../test/world";

test("filters live in the URL, stand as chips, and can be cleared", async () => {
  const { user, address, findByRole, getAllByLabelText, findByText } = openApp("/app/usage/events?complexity=T9");
  await findByText(/not known here for complexity/);

  const [complexity] = getAllByLabelText("Complexity");
  await user.selectOptions(complexity!, "T2");
  expect(address()).toBe("/app/usage/events?complexity=T2");

  await user.click(await findByRole("button", { name: "Remove the filter Complexity T2" }));
  expect(address()).toBe("/app/usage/events");
});

test("a filter that empties the list names itself and offers to clear", async () => {
  const { user, findByText, findByRole, address } = openApp("/app/usage/events?action=EXPORT");
  await findByText("No event matches");
  await user.click(await findByRole("button", { name: "Clear the filters" }));
  expect(address()).toBe("/app/usage/events");
  await findByRole("table", { name: "Your usage events" });
});

test("an event opens beside the list and explains its amount", async () => {
  const { user, findByRole, address } = openApp("/app/usage/events?complexity=T1&rating=BILLABLE");
  const table = await findByRole("table", { name: "Your usage events" });
  const [first] = within(table).getAllByRole("link");
  await user.click(first!);

  const drawer = await findByRole("dialog", { name: "Usage event" });
  await within(drawer).findByText(/of the period; 100 are included/);
  await within(drawer).findByText(/1 generation billable: 1 x \$0\.25/);
  expect(address()).toContain("complexity=T1&rating=BILLABLE&open=");

  await user.click(within(drawer).getByRole("button", { name: "Close" }));
  expect(address()).toBe("/app/usage/events?complexity=T1&rating=BILLABLE");
});

test("the next page comes by cursor and the browser's way back leads to the first", async () => {
  const { user, findByRole, findByText, address } = openApp("/app/usage/events");
  await findByText("25 events");
  await user.click(await findByRole("button", { name: "Next" }));
  expect(address()).toBe("/app/usage/events?after=25");
  await user.click(await findByRole("button", { name: "Previous" }));
  expect(address()).toBe("/app/usage/events");
});

test("in the live view an event shows up by itself", async () => {
  const world = newWorld({ events: 0 });
  const { findByText, findByRole } = openApp("/app/usage/events?live=1", world);
  await findByText("Listening");
  world.addEvent(usageEvent(1, new Date(), 0, seeded(1)));
  expect(await findByRole("link", { name: "job-8001" }, { timeout: 4_000 })).toBeDefined();
});

test("refused attempts are listed with the reason", async () => {
  const { findByText, findByRole } = openApp("/app/usage/events?tab=rejected");
  await findByRole("table", { name: "Rejected attempts" });
  expect(await findByText("The key was used with other content.")).toBeDefined();
});

test("staff open an event by the key that a customer names, and pass its page on", async () => {
  const world = newStaffWorld();
  const room = `/console/organizations/${world.organization.id}/events`;
  const { user, findByRole, findByLabelText, address } = openApp(room, world);
  await user.type(await findByLabelText("Event id or idempotency key"), "job-8101");
  await user.click(await findByRole("button", { name: "Open its ledger" }));
  const ledger = await findByRole("region", { name: "Its way to the bill" });
  expect(address()).toBe(`${room}/job-8101`);
  expect(ledger.textContent).toContain("Accepted");
  expect(ledger.textContent).toContain("Rated");
});
