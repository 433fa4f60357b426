import { within } from "@testing-library/react";
import { expect, test } from "vitest";
import { FREE, usd } from "../../../test/catalog";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

test("the plans stand side by side, and what differs from one's own is marked in words too", async () => {
  const { findByRole } = openApp("/app/billing/plan");
  const table = await findByRole("table", { name: "Plans side by side" });
  const row = within(table).getByRole("row", { name: /^Generations included/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual([
    "10 (different from your plan)",
    "100",
    "1,000 (different from your plan)",
    "Unlimited (different from your plan)",
  ]);
});

test("an upgrade carries its exact amount on the button and its quote with the click", async () => {
  const world = newWorld();
  const clicked: object[] = [];
  const change = world.root.changePlan;
  Object.assign(world.root, {
    changePlan: ({ input }: { input: object }) => {
      clicked.push(input);
      return change();
    },
  });
  const { user, findByRole, findByText, address } = openApp("/app/billing/plan/change?to=PROFESSIONAL", world);
  await user.click(await findByRole("button", { name: "Pay $120.00 and upgrade" }));
  await findByText("Paid. Professional is in force.");
  expect(address()).toBe("/app/billing/plan");
  expect(clicked).toMatchObject([{ plan: "PROFESSIONAL", quoteId: "00000000-0000-7000-9000-000000000800" }]);
});

test("a payment that failed says so, keeps the plan, and shows the way out", async () => {
  const world = newWorld();
  Object.assign(world.root, {
    changePlan: () => ({
      __typename: "PaymentFailed",
      message: "Your card was declined.",
      hostedUrl: "https://pay.example/1",
    }),
  });
  const { user, findByRole, findByText } = openApp("/app/billing/plan/change?to=PROFESSIONAL", world);
  await user.click(await findByRole("button", { name: /^Pay/ }));
  await findByText("Not paid. Your plan is unchanged.");
  expect((await findByRole("link", { name: "Pay at Stripe" })).getAttribute("href")).toBe("https://pay.example/1");
});

test("a quote that has expired charges nothing, and asks again with the amount before and now", async () => {
  const world = newWorld();
  const fresh = world.root.previewPlanChange;
  let turn = 0;
  Object.assign(world.root, {
    previewPlanChange: (args: Parameters<typeof fresh>[0]) => {
      turn += 1;
      const preview = fresh(args) as object;
      return turn === 1
        ? { ...preview, expiresAt: new Date(Date.now() - 1000).toISOString() }
        : { ...preview, quoteId: "00000000-0000-7000-9000-000000000899", dueNow: usd("119.50") };
    },
  });
  const { user, findByRole, findByText } = openApp("/app/billing/plan/change?to=PROFESSIONAL", world);
  await findByText("This amount does not hold any more");
  expect((await findByRole("button", { name: /^Pay \$120/ })).hasAttribute("disabled")).toBe(true);
  await user.click(await findByRole("button", { name: "Ask again" }));
  await findByText(/The amount was \$120\.00; it is \$119\.50 now/);
  expect((await findByRole("button", { name: "Pay $119.50 and upgrade" })).hasAttribute("disabled")).toBe(false);
});

test("losses want a tick each before a smaller plan can be scheduled", async () => {
  const { user, findByRole, findAllByRole } = openApp("/app/billing/plan/change?to=FREE");
  const schedule = await findByRole("button", { name: /^Schedule for/ });
  for (const tick of await findAllByRole("checkbox")) {
    expect(schedule.hasAttribute("disabled")).toBe(true);
    await user.click(tick);
  }
  expect(schedule.hasAttribute("disabled")).toBe(false);
});

test("while the amount is not known nothing can be paid", async () => {
  const world = newWorld();
  Object.assign(world.root, {
    previewPlanChange: () => {
      throw new Error("broken");
    },
  });
  const { findByRole, queryByRole } = openApp("/app/billing/plan/change?to=PROFESSIONAL", world);
  await findByRole("heading", { name: "The exact amount could not be loaded" });
  expect(queryByRole("button", { name: /^Pay/ })).toBeNull();
});

test("who may see the plan but not change it sees who can", async () => {
  const world = newWorld();
  world.state.viewer = { ...world.state.viewer, permissions: ["usage:read", "billing:read"] };
  const { findByRole } = openApp("/app/billing/plan", world);
  const cancel = await findByRole("button", { name: "Cancel the plan" });
  expect(cancel.getAttribute("aria-disabled")).toBe("true");
  expect(cancel.getAttribute("title")).toBe("Only owners and billing members can do this.");
});

test("a cancellation names its consequences, happens at the period's end, and can be taken back", async () => {
  const { user, findByRole, findByText, findAllByText } = openApp("/app/billing/plan/cancel");
  await findByText("5 active projects, Free has 1");
  await findByText(/so far \$12\.35 \(est\.\)/);
  await user.click(await findByRole("button", { name: "End Starter at the period's end" }));
  expect((await findAllByText(/^Starter, ends on/)).length).toBeGreaterThan(0);
  await user.click(await findByRole("button", { name: "Keep Starter" }));
  await findByText(/^Starter, renews/);
});

test("the money-back guarantee names its amount, and the button repeats it", async () => {
  const world = newWorld();
  world.subscription.moneyBackUntil = "2199-04-13T00:00:00Z";
  const { user, findByRole, findByText } = openApp("/app/billing/plan", world);
  await findByText("Full refund until 12 Apr 2199, 23:59:59 UTC");
  await user.click(await findByRole("button", { name: "Claim the money back" }));
  await user.click(await findByRole("button", { name: "Refund $111.10" }));
  expect(await findByText("$111.10 goes back. The Free plan is in force.")).toBeDefined();
});

test("a pause names what stops, and is taken back by one click", async () => {
  const { user, findByRole, findByText } = openApp("/app/billing/plan");
  await user.click(await findByRole("button", { name: "Pause" }));
  await findByText(/no usage is accepted: requests that record it are refused/);
  await user.click(await findByRole("button", { name: "Pause the plan" }));
  await findByText("Starter, paused: no fee is charged and no usage is accepted.");
  expect(await findByRole("button", { name: "Resume Starter" })).toBeDefined();
});

test("coming back from Checkout waits for our own word, and never asks to pay again", async () => {
  const world = newWorld();
  Object.assign(world.subscription, { plan: FREE });
  const { findByRole, queryByRole } = openApp("/checkout/return?plan=STARTER", world);
  await findByRole("heading", { name: "Confirming your payment" });
  expect(queryByRole("button", { name: /pay/i })).toBeNull();
});

test("coming back after the payment shows plan, amount and bill", async () => {
  const { findByRole, findByText } = openApp("/checkout/return?plan=STARTER");
  await findByRole("heading", { name: "Starter is in force" });
  expect((await findByRole("link", { name: "QLP-0042" })).getAttribute("href")).toMatch(/^\/app\/billing\/invoices\//);
  await findByText(/It renews on/);
});

test("a card that expires soon is said before a payment fails", async () => {
  const world = newWorld();
  const today = new Date();
  world.subscription.paymentMethod = {
    brand: "visa",
    last4: "4242",
    expMonth: today.getUTCMonth() + 1,
    expYear: today.getUTCFullYear(),
  };
  const { findByText } = openApp("/app/billing/payment", world);
  expect(await findByText(/expires soon/)).toBeDefined();
});
