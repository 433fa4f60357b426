import { expect, test } from "vitest";
import { usd } from "../../../../test/catalog";
import { openApp } from "../../../../test/render";
import { newStaffWorld, SUPPORT } from "../../../../test/staff-world";

/** A world whose newest invoice is a draft that is a cent off. */
function heldWorld(permissions?: readonly string[]) {
  const world = newStaffWorld(permissions ? { permissions } : {});
  const draft = world.billing.invoice(43, "DRAFT", "111.09", {
    number: null,
    issuedAt: null,
    paidAt: null,
    verifying: true,
    payments: [],
    amountPaid: usd("0"),
    amountRemaining: usd("111.09"),
    heldAt: new Date().toISOString(),
    differences: [{ line: "Starter, monthly fee", ours: "9900", stripes: "9899" }],
  });
  world.billing.state.invoices.unshift(draft);
  return world;
}

test("the held queue leads to both sides of each line that differs", async () => {
  const { user, findByRole, findByText } = openApp("/console/invoices?held=1", heldWorld());
  await findByRole("heading", { name: "1 invoice held" });
  await findByText("1 difference, $0.01 apart");
  await user.click(await findByRole("link", { name: /^Draft of/ }));
  const table = await findByRole("table", { name: "Comparison of the ledger with Stripe's draft" });
  const [, fee, usage] = [...table.querySelectorAll("tr")].map(({ textContent }) => textContent);
  expect(fee).toBe("Starter, monthly fee$99.00$98.99-$0.01");
  expect(usage).toContain("Equal");
});

test("a draft that still differs is not finalized, and says in the dialog what differs", async () => {
  const world = heldWorld();
  const { user, findByRole, findByLabelText, findByText } = openApp(
    "/console/invoices/00000000-0000-7000-9000-000000000043",
    world,
  );
  await user.click(await findByRole("button", { name: "Re-check" }));
  await findByText("It is finalized and collected when all lines agree to the cent. Else it stays held.");
  const dialog = await findByRole("dialog");
  const confirm = [...dialog.querySelectorAll("button")].find(({ textContent }) => textContent === "Re-check")!;
  await user.click(confirm);
  await findByText("Say why");
  await user.type(await findByLabelText("Reason"), "The price was mended at Stripe");
  await user.click(confirm);
  const refusal = await findByText(
    "The draft and the ledger still differ. Starter: 99.00 in the ledger, 98.99 at Stripe.",
  );
  expect(dialog.contains(refusal)).toBe(true);
});

test("support reads the invoice, and sees who could act", async () => {
  const { findByRole, queryByRole } = openApp(
    "/console/invoices/00000000-0000-7000-9000-000000000042",
    newStaffWorld({ permissions: SUPPORT }),
  );
  const button = await findByRole("button", { name: "Credit note" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(queryByRole("button", { name: "More" })).toBeNull();
});
