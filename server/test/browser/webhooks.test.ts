import { Webhook } from "standardwebhooks";
import { expect } from "vitest";
import { chosenEvents } from "../../src/webhooks/webhook-event.ts";
import { startReceiver } from "../webhook-receiver.ts";
import { ALL_PAGES_MS, faultsOf } from "./faults-of-pages.ts";
import { test } from "./frame.ts";
import { generation, logInStaff, newKey, range, send, signUp } from "./people.ts";

test(
  "an endpoint is added, tested, told of an alert and seen failing; its pages are accessible and fit on a phone",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const receiver = await startReceiver();
    const page = await visit();
    const organization = await signUp(page);
    await page.goto("/app/developers/webhooks");
    await page.getByText("No endpoint yet").waitFor();
    await page.getByRole("button", { name: "Add an endpoint" }).first().click();

    const form = page.getByRole("dialog", { name: "Add an endpoint" });
    const boxes = await form.getByRole("checkbox").evaluateAll((all) => all.map((box) => box.getAttribute("value")));
    expect(boxes).toEqual(chosenEvents);
    await form.getByLabel("URL").fill("https://10.0.0.1/hooks");
    await form.getByRole("button", { name: "Add the endpoint" }).click();
    await form.getByText("Choose at least one").waitFor();
    await form.getByRole("checkbox", { name: "invoice.paid" }).check();
    await form.getByRole("checkbox", { name: "usage.alert" }).check();
    await form.getByRole("button", { name: "Add the endpoint" }).click();
    await form.getByText("10.0.0.1 is not an address of the public internet.").waitFor();
    await form.getByLabel("URL").fill(receiver.url);
    await form.getByLabel("Description").fill("Accounting");
    await form.getByRole("button", { name: "Add the endpoint" }).click();

    const shown = page.getByRole("dialog", { name: "The signing secret" });
    const secret = await shown.getByLabel("Secret").inputValue();
    await shown.getByRole("button", { name: "Done" }).click();
    await page.getByText("Nothing was sent yet").waitFor();
    await page.getByRole("button", { name: "Reveal" }).click();
    expect(await shown.getByLabel("Secret").inputValue()).toBe(secret);
    await shown.getByRole("button", { name: "Done" }).click();

    await page.getByRole("button", { name: "Send a test" }).click();
    const message = page.getByRole("dialog", { name: "Message" });
    await message.getByText("Answered 200").waitFor();
    await message.getByText("thanks", { exact: true }).waitFor();
    await message.getByText("This is a test. Nothing has happened.").waitFor();
    expect(receiver.received).toHaveLength(1);
    const [received] = receiver.received;
    expect(new Webhook(secret).verify(received!.body, received!.headers)).toMatchObject({ type: "webhook.test" });

    await send(
      await newKey(organization),
      range(1, 5).map((number) => generation(`work-${number}`)),
    );
    await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(2);
    const alert = receiver.received[1]!;
    expect(new Webhook(secret).verify(alert.body, alert.headers)).toMatchObject({
      type: "usage.alert",
      organizationId: organization.id,
      data: { meter: "generations", percent: 50, used: "5", limit: "10" },
    });

    receiver.answer = (response) => void response.writeHead(500).end("out of order");
    await message.getByRole("button", { name: "Send again" }).click();
    await message.getByText("Answered 500", { exact: true }).waitFor();
    await message.getByText("out of order").waitFor();
    const opened = page.url();
    await message.getByRole("button", { name: "Close" }).click();
    const row = page.getByRole("table", { name: "Messages" }).getByRole("row").filter({ hasText: "webhook.test" });
    await row.getByText("Given up").waitFor();
    await page.getByLabel("Event").selectOption("usage.alert");
    await page.getByRole("link", { name: "usage.alert" }).waitFor();
    await row.waitFor({ state: "detached" });
    await page.getByText("Failing").first().waitFor();

    const faults = await faultsOf(page, ["/app/developers/webhooks", opened.split("?")[0]!, opened]);
    expect(faults).toEqual([]);
    expect(await page.content()).not.toContain(secret);
  },
);

test("a secret is rotated, an endpoint switched off and on, and deleted with its log", async ({ visit }) => {
  const receiver = await startReceiver();
  const page = await visit(undefined, { permissions: ["clipboard-read", "clipboard-write"] });
  const { ask } = await signUp(page);
  const { createWebhookEndpoint } = await ask(
    `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointSecret { secret endpoint { id } } } }`,
    { input: { url: receiver.url, events: ["invoice.paid"] } },
  );
  await page.goto(`/app/developers/webhooks/${createWebhookEndpoint.endpoint.id}`);
  const act = async (verb: string): Promise<void> => {
    await page.getByRole("button", { name: "More actions for the endpoint" }).click();
    await page.getByRole("menuitem", { name: verb }).click();
  };

  await act("Rotate the secret");
  await page.getByRole("dialog", { name: "Rotate the signing secret" }).getByRole("button", { name: "Rotate" }).click();
  const shown = page.getByRole("dialog", { name: "The new signing secret" });
  const secret = await shown.getByLabel("Secret").inputValue();
  expect(secret).not.toBe(createWebhookEndpoint.secret);
  await shown.getByRole("button", { name: "Copy" }).click();
  await shown.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(secret);
  await shown.getByRole("button", { name: "Done" }).click();
  await page.getByText("Messages are signed by the old secret too until").waitFor();
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByRole("dialog", { name: "Message" }).getByText("Answered 200").waitFor();
  const [received] = receiver.received;
  for (const each of [secret, createWebhookEndpoint.secret])
    new Webhook(each).verify(received!.body, received!.headers);
  await page.getByRole("dialog", { name: "Message" }).getByRole("button", { name: "Close" }).click();

  await act("Switch off");
  await page
    .getByRole("dialog", { name: "Switch off the endpoint" })
    .getByRole("button", { name: "Switch off" })
    .click();
  await page.getByText("Nothing is sent to this endpoint").waitFor();
  expect(await page.getByRole("button", { name: "Send a test" }).isDisabled()).toBe(true);
  await act("Switch on");
  await page.getByRole("dialog", { name: "Switch on the endpoint" }).getByRole("button", { name: "Switch on" }).click();
  await page.getByText("Nothing is sent to this endpoint").waitFor({ state: "hidden" });

  await page.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit the endpoint" });
  await form.getByLabel("Description").fill("Billing");
  await form.getByRole("button", { name: "Save" }).click();
  await page.getByText("The endpoint was saved.").waitFor();

  await act("Delete");
  await page.getByRole("dialog", { name: "Delete the endpoint" }).getByRole("button", { name: "Delete" }).click();
  await page.getByText("No endpoint yet").waitFor();
});

test(
  "staff see a customer's endpoint with its log, and who may change it",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const receiver = await startReceiver();
    const { id, ask } = await signUp(await visit());
    const { createWebhookEndpoint } = await ask(
      `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { ... on WebhookEndpointSecret { endpoint { id } } } }`,
      { input: { url: receiver.url, events: ["invoice.paid"] } },
    );
    const { id: endpointId } = createWebhookEndpoint.endpoint;
    await ask(`mutation($id: ID!) { testWebhookEndpoint(input: { id: $id }) { __typename } }`, { id: endpointId });

    const page = await visit();
    await logInStaff(page, "SUPPORT");
    await page.goto(`/console/organizations/${id}`);
    await page.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: "Webhooks" }).click();
    await page.getByRole("link", { name: receiver.url }).click();
    await page.getByRole("table", { name: "Messages" }).getByText("Delivered").waitFor();
    expect(await page.getByRole("button", { name: "Send a test" }).getAttribute("title")).toBe(
      "Only owners and admins can do this.",
    );
    await page.getByRole("link", { name: "webhook.test" }).click();
    const message = page.getByRole("dialog", { name: "Message" });
    await message.getByText("Request headers").click();
    await message.getByText(/webhook-signature: v1,/).waitFor();
    expect(await message.getByRole("button", { name: "Send again" }).getAttribute("aria-disabled")).toBe("true");

    const list = `/console/organizations/${id}/webhooks`;
    expect(await faultsOf(page, [list, `${list}/${endpointId}`, page.url()])).toEqual([]);
  },
);
