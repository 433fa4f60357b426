import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { FINANCE, newStaffWorld, SUPPORT } from "../../../test/staff-world";

const SUBSCRIPTION = "/console/organizations/00000000-0000-7000-9000-000000000005/subscription";

const finance = () => newStaffWorld({ permissions: FINANCE });

test("an agreed price that is too low is refused at its field; one that is enough takes effect", async () => {
  const world = finance();
  const { user, findByRole, findByLabelText, findByText } = openApp(SUBSCRIPTION, world);
  await user.click(await findByRole("button", { name: "Agree a plan" }));
  await findByText(/The running period on Starter/);
  const price = await findByLabelText("Monthly price");
  await user.clear(price);
  await user.type(price, "2,400.00");
  await user.click(await findByRole("button", { name: "Agree $2,400.00 a month" }));
  await findByText("Enterprise is agreed from $2499.00 a month.");
  expect(price.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(price);

  await user.clear(price);
  await user.type(price, "2600");
  await user.click(await findByRole("button", { name: "Agree $2,600.00 a month" }));
  await findByText("Acme is on Enterprise from now on.");
  expect(world.calls.at(-1)?.input).toMatchObject({ plan: "ENTERPRISE", monthlyPrice: "2600" });
  await findByText(/\$2,600\.00 a month, as agreed|as agreed/);
});

test("a price of the customer's own needs a reason and sends its tiers exactly", async () => {
  const world = finance();
  const { user, findByRole, findByLabelText, findByText } = openApp(SUBSCRIPTION, world);
  await user.click(await findByRole("button", { name: "Set a price" }));
  await user.selectOptions(await findByLabelText("Price model"), "GRADUATED");
  await user.type(await findByLabelText("Tier 1: up to, in generations"), "1,000");
  await user.type(await findByLabelText("Tier 1: price of a generation"), "0.08");
  await user.type(await findByLabelText("Tier 2: price of a generation"), "0.07");
  await user.click(await findByRole("button", { name: "Set the price" }));
  await findByText("Say why they have a price of their own");
  expect(world.calls).toEqual([]);

  await user.type(await findByLabelText("Reason"), "Agreed in November");
  await user.click(await findByRole("button", { name: "Set the price" }));
  await findByText("Generations T0 have a price of their own from now on.");
  expect(world.calls[0]?.input).toMatchObject({
    price: {
      meter: "generations",
      complexity: "T0",
      model: "GRADUATED",
      tiers: [
        { upTo: "1000", unitPrice: "0.08" },
        { upTo: null, unitPrice: "0.07" },
      ],
    },
    note: "Agreed in November",
  });
  await findByRole("heading", { name: "One price is their own" });
});

test("prices that do not hold together are said in the dialog, and nothing is lost", async () => {
  const world = finance();
  world.root.setPriceOverride = () => ({ __typename: "InvalidCatalog", message: "The price 0.1 is too fine." });
  const { user, findByRole, findByLabelText } = openApp(SUBSCRIPTION, world);
  await user.click(await findByRole("button", { name: "Set a price" }));
  await user.type(await findByLabelText("Reason"), "Agreed");
  await user.click(await findByRole("button", { name: "Set the price" }));
  expect((await findByRole("alert")).textContent).toContain("The price 0.1 is too fine.");
  expect(await findByLabelText("Reason")).toHaveProperty("value", "Agreed");
});

test("who may not change prices sees the buttons, and who could press them", async () => {
  const { findByRole } = openApp(SUBSCRIPTION, newStaffWorld({ permissions: SUPPORT }));
  for (const name of ["Agree a plan", "Set a price"]) {
    const button = await findByRole("button", { name });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.title).toBe("Only the finance team and platform admins can do this.");
  }
});

test("the catalog says who is on which version, and opens to its terms", async () => {
  const { user, findByRole, findByText } = openApp("/console/catalog", finance());
  await user.click(await findByRole("link", { name: "Starter" }));
  await findByText("5 subscribers, 1 version published. New subscriptions get version 1.");
  const prices = await findByRole("table", { name: "Prices past the allowance" });
  expect(within(prices).getByRole("row", { name: /Generations T1 \$0\.25 a generation x 2/ })).toBeDefined();
});

test("a version is published after its changes were read and its name was typed", async () => {
  const world = finance();
  const { user, findByRole, findByLabelText, findByText, address } = openApp("/console/catalog/starter/publish", world);
  const publish = await findByRole("button", { name: "Publish version 2" });
  expect(publish).toHaveProperty("disabled", true);

  const price = await findByLabelText("Monthly price");
  await user.clear(price);
  await user.type(price, "109");
  await user.click(await findByRole("button", { name: "Publish version 2" }));
  const dialog = within(await findByRole("dialog", { name: "Publish Starter, version 2" }));
  expect(dialog.getByText(/\$99\.00/).textContent).toContain("Monthly price: $99.00 → $109.00");
  expect(dialog.getByText(/5 subscribers of today keep/)).toBeDefined();
  expect(dialog.getByRole("button", { name: "Publish" })).toHaveProperty("disabled", true);
  expect(world.calls).toEqual([]);

  await user.type(dialog.getByLabelText("Type Starter 2 to confirm"), "Starter 2");
  await user.click(dialog.getByRole("button", { name: "Publish" }));
  await findByText("Starter, version 2, is published.");
  expect(world.calls[0]?.input).toMatchObject({ code: "STARTER", monthlyPrice: "109" });
  expect(address()).toBe("/console/catalog/starter");
});

test("what does not hold together is said beside the form, which keeps what was written", async () => {
  const world = finance();
  world.root.publishPlanVersion = () => ({ __typename: "InvalidCatalog", message: "The tiers of storage must rise." });
  const { user, findByRole, findByLabelText } = openApp("/console/catalog/starter/publish", world);
  const price = await findByLabelText("Monthly price");
  await user.clear(price);
  await user.type(price, "109");
  await user.click(await findByRole("button", { name: "Publish version 2" }));
  const dialog = within(await findByRole("dialog", { name: "Publish Starter, version 2" }));
  await user.type(dialog.getByLabelText("Type Starter 2 to confirm"), "Starter 2");
  await user.click(dialog.getByRole("button", { name: "Publish" }));
  expect((await findByRole("alert")).textContent).toContain("The tiers of storage must rise.");
  expect(price).toHaveProperty("value", "109");
});

test("leaving a version that is half written asks first", async () => {
  const { user, findByRole, findByLabelText, address } = openApp("/console/catalog/starter/publish", finance());
  await user.type(await findByLabelText("Name"), " Plus");
  await user.click(await findByRole("link", { name: "Home" }));
  const dialog = within(await findByRole("dialog", { name: "Leave this page" }));
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(address()).toBe("/console/catalog/starter/publish");
});
