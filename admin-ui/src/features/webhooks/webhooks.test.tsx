import { act, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { ID } from "../../../test/world-parts";
import { broken, newStaffWorld, SUPPORT } from "../../../test/staff-world";
import { newWorld } from "../../../test/world";

const ENDPOINT = `/app/developers/webhooks/${ID(70)}`;

test("a new endpoint shows its secret, and leads to its page", async () => {
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
  await user.click(within(dialog).getByRole("button", { name: "Done" }));
  await findByRole("heading", { name: "example.com", level: 1 });
  expect(address()).toBe(`/app/developers/webhooks/${ID(72)}`);
  await expect.poll(() => queryByDisplayValue("whsec_s3cret")).toBeNull();
});

test("a secret stays hidden until it is revealed, and is gone when its dialog is closed", async () => {
  const { user, findByRole, queryByDisplayValue } = openApp(ENDPOINT);
  await user.click(await findByRole("button", { name: "Reveal" }));
  const dialog = await findByRole("dialog", { name: "The signing secret" });
  expect(within(dialog).getByLabelText("Secret")).toHaveProperty("value", "whsec_s3cret");
  await user.click(within(dialog).getByRole("button", { name: "Done" }));
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

test("a message opens to the headers of each try", async () => {
  const { user, findByRole } = openApp(`${ENDPOINT}?open=${ID(80)}`);
  const message = await findByRole("dialog", { name: "Message" });
  await user.click(await within(message).findByText("Request headers"));
  expect(within(message).getByRole("region", { name: "Headers of try 1" }).textContent).toBe(
    "webhook-id: msg_80\nwebhook-signature: v1,c2lnbmVk",
  );
  expect(within(message).getByRole("region", { name: "Answer to try 1" }).textContent).toBe("broken");
});

test("the log is filtered by state and event; filtered to nothing is a screen of its own", async () => {
  const { user, address, findByRole, findByLabelText, findByText } = openApp(ENDPOINT);
  await findByRole("link", { name: "invoice.paid" });
  // The next rows begin to load within the choice itself.
  const choose = async (label: string, option: string): Promise<void> => {
    const box = await findByLabelText(label);
    await act(() => user.selectOptions(box, option));
  };
  await choose("Event", "hold.expired");
  await findByText("No message fits the filters");
  expect(address()).toBe(`${ENDPOINT}?type=hold.expired`);
  const all = await findByRole("button", { name: "Show all messages" });
  await act(() => user.click(all));
  await findByRole("link", { name: "invoice.paid" });
  await choose("State", "Given up");
  await findByRole("link", { name: "invoice.paid" });
  expect(address()).toBe(`${ENDPOINT}?state=FAILED`);
});

test("a test shows what the endpoint answered", async () => {
  const { user, address, findByRole } = openApp(ENDPOINT);
  await user.click(await findByRole("button", { name: "Send a test" }));
  const message = await findByRole("dialog", { name: "Message" });
  await within(message).findByText("Answered 204");
  await within(message).findByRole("heading", { name: "webhook.test" });
  expect(address()).toBe(`${ENDPOINT}?open=${ID(81)}`);
});

test("a rotation says what each overlap means, then shows the new secret and until when the old one signs", async () => {
  const { user, findByRole, findByText } = openApp(ENDPOINT);
  await user.click(await findByRole("button", { name: "More actions for the endpoint" }));
  await user.click(await findByText("Rotate the secret"));
  const dialog = await findByRole("dialog", { name: "Rotate the signing secret" });
  await within(dialog).findByText(/^For a day each message carries two signatures/);
  await user.selectOptions(within(dialog).getByLabelText("The old secret signs on for"), "Not at all");
  await within(dialog).findByText(/^The old secret stops at once/);
  await user.selectOptions(within(dialog).getByLabelText("The old secret signs on for"), "7 days");
  await user.click(within(dialog).getByRole("button", { name: "Rotate" }));
  const shown = await findByRole("dialog", { name: "The new signing secret" });
  expect(within(shown).getByLabelText("Secret")).toHaveProperty("value", "whsec_n3w");
  await findByText(/^Messages are signed by the old secret too until/);
});

test("a deleted endpoint is gone, and the list says what the next step is", async () => {
  const { user, address, findByRole, findByText } = openApp(ENDPOINT);
  await user.click(await findByRole("button", { name: "More actions for the endpoint" }));
  await user.click(await findByText("Delete"));
  const dialog = await findByRole("dialog", { name: "Delete the endpoint" });
  await within(dialog).findByText("Its secret and its log of messages are gone. It cannot be taken back.");
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  await findByText("No endpoint yet");
  expect(address()).toBe("/app/developers/webhooks");
});

test("a list that cannot be loaded says so and can be tried again", async () => {
  const world = newWorld();
  const { webhookEndpoints } = world.organization;
  world.organization.webhookEndpoints = () => {
    throw broken();
  };
  const { user, findByRole } = openApp("/app/developers/webhooks", world);
  await findByRole("heading", { name: "The endpoints could not be loaded" });
  world.organization.webhookEndpoints = webhookEndpoints;
  const retry = await findByRole("button", { name: "Retry" });
  await act(() => user.click(retry));
  expect(await findByRole("link", { name: "https://acme.example/hooks" })).toBeDefined();
});

test("staff see a customer's endpoints with their log, and why they change nothing", async () => {
  const world = newStaffWorld({ permissions: SUPPORT });
  const at = `/console/organizations/${world.organization.id}/webhooks`;
  const { user, address, findByRole, queryByRole } = openApp(at, world);
  await findByRole("heading", { name: "Webhooks", level: 1 });
  await user.click(await findByRole("link", { name: "https://acme.example/hooks" }));
  const test = await findByRole("button", { name: "Send a test" });
  expect(address()).toBe(`${at}/${ID(70)}`);
  expect([test.getAttribute("aria-disabled"), test.title]).toEqual(["true", "Only owners and admins can do this."]);
  await findByRole("button", { name: "More actions for the endpoint. Only owners and admins can change this." });
  await user.click(await findByRole("link", { name: "invoice.paid" }));
  const message = await findByRole("dialog", { name: "Message" });
  await within(message).findByText("Answered 500");
  const again = within(message).getByRole("button", { name: "Send again" });
  await user.click(again);
  expect(again.getAttribute("aria-disabled")).toBe("true");
  expect(queryByRole("button", { name: "Add an endpoint" })).toBeNull();
});

test("an endpoint that the customer has deleted is missed in words, with the way back", async () => {
  const world = newStaffWorld({ permissions: SUPPORT });
  const { findByText, findByRole } = openApp(
    `/console/organizations/${world.organization.id}/webhooks/${ID(999)}`,
    world,
  );
  await findByText("There is no such endpoint");
  expect((await findByRole("link", { name: "All endpoints" })).getAttribute("href")).toMatch(/\/webhooks$/);
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
