import { GraphQLError } from "graphql";
import { within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

const PAGE = "/app/billing/spending";

function worldWith(limits: Partial<ReturnType<typeof newWorld>["limits"]>) {
  const world = newWorld();
  Object.assign(world.limits, limits);
  return world;
}

test("a cap that what is spent and held together reach is asked for twice, with both amounts", async () => {
  const world = worldWith({ spent: "12.35", held: "2.65" });
  const { user, findByLabelText, findByRole } = openApp(PAGE, world);
  await user.type(await findByLabelText("Cap"), "15");
  await user.click(await findByRole("button", { name: "Set cap" }));
  const dialog = await findByRole("dialog", { name: "Set a cap that is reached already" });
  expect(dialog.textContent).toContain("cost $12.35 already, and $2.65 (est.) is kept");
  expect(world.limits.cap).toBeNull();

  await user.click(within(dialog).getByRole("button", { name: "Stop new work" }));
  await findByRole("button", { name: "Change cap" });
  expect(world.limits.cap).toBe("15");
});

test("a cap above what is spent and held is set at once", async () => {
  const world = worldWith({ spent: "12.35", held: "2.65" });
  const { user, findByLabelText, findByRole } = openApp(PAGE, world);
  await user.type(await findByLabelText("Cap"), "15.01");
  await user.click(await findByRole("button", { name: "Set cap" }));
  await findByRole("button", { name: "Change cap" });
  expect(world.limits.cap).toBe("15.01");
});

test("what the server refuses stands at the field, until it is typed over", async () => {
  const refusal = new GraphQLError("cap must be whole cents.", { extensions: { code: "BAD_USER_INPUT" } });
  const { user, findByLabelText, findByRole, findByText, queryByText } = openApp(PAGE, worldWith({ refusal }));
  const field = await findByLabelText("Cap");
  await user.type(field, "50");
  await user.click(await findByRole("button", { name: "Set cap" }));
  const words = await findByText("cap must be whole cents.");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(field.getAttribute("aria-describedby")).toContain(words.id);
  await user.type(field, "0");
  expect(queryByText("cap must be whole cents.")).toBeNull();
});

test("the meter says in words what it shows: spent and held together", async () => {
  const { findByRole } = openApp(PAGE, worldWith({ cap: "20", spent: "12", held: "3" }));
  const meter = await findByRole("meter", { name: "Spending against the cap" });
  expect(meter.getAttribute("aria-valuenow")).toBe("75");
  expect(meter.getAttribute("aria-valuetext")).toBe("$15.00 of $20.00: $12.00 spent and $3.00 kept for work under way");
});

test("who may not pay sees the button, disabled, with who can", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["usage:read", "billing:read"] };
  const { findByRole, findByText, queryByLabelText } = openApp(PAGE, world);
  const button = await findByRole("button", { name: "Set cap" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(await findByText("Only owners and billing members can change the cap.")).toBeDefined();
  expect(queryByLabelText("Cap")).toBeNull();
});

test("where the alerts of one part go is one click, and the others stay", async () => {
  const { user, findByRole } = openApp(PAGE);
  const box = (name: string) => findByRole("checkbox", { name });
  await user.click(await box("80 % of an allowance by e-mail"));
  await vi.waitFor(async () => expect(await box("80 % of an allowance by e-mail")).toHaveProperty("checked", false));
  expect(await box("80 % of an allowance by webhook")).toHaveProperty("checked", true);
  expect(await box("80 % of the spending cap by e-mail")).toHaveProperty("checked", true);
});

test("without a mail server the page says so, and a test says whom it goes to", async () => {
  const world = newWorld();
  world.organization.alertSettings = () => ({ __typename: "AlertSettings", id: "x", mailIsSent: false, settings: [] });
  const { user, findByRole, findByText } = openApp(PAGE, world);
  await findByText(/No mail leaves this server/);
  await user.click(await findByRole("button", { name: "Send a test mail" }));
  expect(await findByText("A test is on its way to ada@acme.example.")).toBeDefined();
});

test("who may not pay sees where alerts go, and changes nothing", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["usage:read", "billing:read"] };
  const { findByRole, findByText } = openApp(PAGE, world);
  await findByText("Only owners and billing members can change where alerts go.");
  expect(await findByRole("checkbox", { name: "50 % of an allowance by e-mail" })).toHaveProperty("disabled", true);
});
