import { within } from "@testing-library/react";
import { GraphQLError } from "graphql";
import { expect, test } from "vitest";
import { usd } from "../../../test/catalog";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

const LIST = "/app/billing/invoices";

test("bills that ask for money come first, and only they can be paid", async () => {
  const world = newWorld();
  world.billing.state.invoices.push(
    world.billing.invoice(40, "OPEN", "99.00", { amountPaid: usd("0"), amountRemaining: usd("99.00"), paidAt: null }),
  );
  const { findByRole, getAllByRole } = openApp(LIST, world);
  const table = await findByRole("table", { name: "Invoices" });
  expect(
    within(table)
      .getAllByRole("rowheader")
      .map(({ textContent }) => textContent),
  ).toEqual(["QLP-0040", "QLP-0042", "QLP-0041"]);
  expect(getAllByRole("link", { name: /^Pay QLP/ }).map((link) => link.getAttribute("aria-label"))).toEqual([
    "Pay QLP-0040",
  ]);
});

test("the status filter stands in the address", async () => {
  const { user, findByLabelText, findByRole, address } = openApp(LIST);
  await user.selectOptions(await findByLabelText("Status"), "VOID");
  expect(address()).toBe(`${LIST}?status=VOID`);
  expect(await findByRole("row", { name: /QLP-0041.*Void/ })).toBeDefined();
});

test("a status that no bill has says so, and offers all of them", async () => {
  const { user, findByText, findByRole, address } = openApp(`${LIST}?status=OPEN`);
  await findByText("No invoice has this status");
  await user.click(await findByRole("button", { name: "Show all invoices" }));
  expect(address()).toBe(LIST);
});

test("the bill of another organization reads like an address that never was", async () => {
  const world = newWorld();
  Object.assign(world.root, {
    invoice: () => {
      throw new GraphQLError("The invoice was not found.", { extensions: { code: "NOT_FOUND" } });
    },
  });
  const { findByRole } = openApp(`${LIST}/00000000-0000-7000-9000-000000000999`, world);
  expect(await findByRole("heading", { level: 1, name: "Not found" })).toBeDefined();
});

test("who has no bill yet learns when the first one comes", async () => {
  const world = newWorld();
  world.billing.state.invoices = [];
  const { findByText } = openApp(LIST, world);
  await findByText("No invoices yet");
  expect(await findByText(/^The first one comes on/)).toBeDefined();
});

test("a usage line opens to its parts and events, which the address keeps", async () => {
  const { user, findByRole, address } = openApp(LIST);
  await user.click(await findByRole("link", { name: "QLP-0042" }));
  await findByRole("heading", { level: 1, name: "QLP-0042" });
  await user.click(await findByRole("link", { name: "Generations past the allowance" }));
  expect(address()).toContain("?line=");
  const drawer = await findByRole("dialog", { name: "Line of the invoice" });
  const parts = await within(drawer).findByRole("table", { name: "How the line came about" });
  expect(within(parts).getByRole("row", { name: /^Exact sum/ }).textContent).toContain("$12.10");
  await within(drawer).findByRole("table", { name: "Events behind the line" });
});

test("a bill that was given back shows the credit note and where the money went", async () => {
  const world = newWorld();
  const [paid] = world.billing.state.invoices;
  Object.assign(paid ?? {}, {
    credited: usd("111.10"),
    creditNotes: [
      {
        id: "00000000-0000-7000-9000-000000000901",
        number: "QLP-0042-CN-01",
        status: "issued",
        reason: "product_unsatisfactory",
        memo: null,
        createdAt: new Date().toISOString(),
        amount: usd("111.10"),
        refund: usd("111.10"),
        toBalance: usd("0"),
        outOfBand: usd("0"),
      },
    ],
    refunds: [
      {
        id: "00000000-0000-7000-9000-000000000902",
        status: "pending",
        failureReason: null,
        createdAt: new Date().toISOString(),
        amount: usd("111.10"),
      },
    ],
  });
  const { findByRole, findByText } = openApp(`${LIST}/${paid?.id}`, world);
  await findByText(/All of it was given back\./);
  const history = await findByRole("table", { name: "Payments, credit notes and refunds" });
  expect(within(history).getByRole("row", { name: /^Credit note/ }).textContent).toContain(
    "$111.10 to where it was paid from.",
  );
  expect(within(history).getByRole("row", { name: /^Refund/ }).textContent).toContain("On its way");
});
