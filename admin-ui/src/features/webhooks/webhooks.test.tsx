import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { ID } from "../../../test/world-parts";
import { newWorld } from "../../../test/world";

const ENDPOINT = `/app/developers/webhooks/${ID(70)}`;

test("a new endpoint's secret is shown once, and leads to the endpoint", async () => {
  const { user, address, findByRole, findByLabelText, findByText, queryByDisplayValue } =
    openApp("/app/developers/webhooks");
  expect(await findByText("12 of 13 delivered")).toBeDefined();
  await user.click(await findByRole("button", { name: "Add an endpoint" }));
  for (const box of within(await findByRole("dialog")).getAllByRole("checkbox"))
    expect(box).toHaveProperty("checked", false);
  await user.type(await findByLabelText("URL"), "https://example.com/hooks");
  await user.click(await findByRole("button", { name: "Add the endpoint" }));
  expect(await findByText("Choose at least one")).toBeDefined();
  await user.click(await findByRole("checkbox", { name: /hold\.expired/ }));
  await user.click(await findByRole("button", { name: "Add the endpoint" }));

  const dialog = await findByRole("dialog", { name: "The signing secret" });
  expect(within(dialog).getByLabelText("Secret")).toHaveProperty("value", "whsec_s3cret");
  await user.click(within(dialog).getByRole("button", { name: "I stored it" }));
  await findByText(/You have not copied the secret/);
  await user.click(within(dialog).getByRole("button", { name: "Close without copying" }));
  await findByRole("heading", { name: "example.com", level: 1 });
  expect(address()).toBe(`/app/developers/webhooks/${ID(72)}`);
  await expect.poll(() => queryByDisplayValue("whsec_s3cret")).toBeNull();
});

test("an address that is refused says why at the field", async () => {
  const world = newWorld();
  world.root.createWebhookEndpoint = () => ({
    __typename: "WebhookUrlRefused",
    message: "10.0.0.1 is not an address of the public internet.",
  });
  const { user, findByRole, findByLabelText, findByText } = openApp("/app/developers/webhooks", world);
  await user.click(await findByRole("button", { name: "Add an endpoint" }));
  await user.type(await findByLabelText("URL"), "https://10.0.0.1/");
  await user.click(await findByRole("checkbox", { name: /invoice\.paid/ }));
  await user.click(await findByRole("button", { name: "Add the endpoint" }));
  expect(await findByText("10.0.0.1 is not an address of the public internet.")).toBeDefined();
  expect(document.activeElement).toBe(await findByLabelText("URL"));
});

test("a message opens to its bodies and codes, and a given-up one is sent again", async () => {
  const { user, address, findByRole, findByText } = openApp(ENDPOINT);
  await user.click(await findByRole("link", { name: "invoice.paid" }));
  const message = await findByRole("dialog", { name: "Message" });
  await within(message).findByText("Answered 500");
  expect(within(message).getByText("broken")).toBeDefined();
  expect(within(message).getByLabelText("Request body", { selector: "section" }).textContent).toContain("invoice.paid");
  expect(address()).toBe(`${ENDPOINT}?open=${ID(80)}`);
  await user.click(within(message).getByRole("button", { name: "Send again" }));
  await within(message).findByText("On its way");
  expect(await findByText("Try now")).toBeDefined();
});

test("an endpoint that is off says so, and offers no test", async () => {
  const { user, findByRole, findByText } = openApp(ENDPOINT);
  await user.click(await findByRole("button", { name: "More actions for the endpoint" }));
  await user.click(await findByText("Switch off"));
  const dialog = await findByRole("dialog", { name: "Switch off the endpoint" });
  await within(dialog).findByText("Nothing more is sent to it, and nothing is kept for it.");
  await user.click(within(dialog).getByRole("button", { name: "Switch off" }));
  expect(await findByText("Nothing is sent to this endpoint")).toBeDefined();
  expect(await findByRole("button", { name: "Send a test" })).toHaveProperty("disabled", true);
});

test("an id that is nobody's, or another's, is an address that never was", async () => {
  const { findByRole } = openApp(`/app/developers/webhooks/${ID(999)}`);
  expect(await findByRole("heading", { name: "Not found", level: 1 })).toBeDefined();
});
