import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newStaffWorld } from "../../../test/staff-world";

test("the plan's rights stand on the customer's page of the plan", async () => {
  const { findByRole } = openApp("/app/billing/plan");
  const card = await findByRole("region", { name: "What the plan allows" });
  expect(card.textContent).toContain("Active projects3 of 5");
  expect(card.textContent).toContain("Custom templatesYes");
  expect(card.textContent).toContain("SSO / SAMLNo");
});

test("staff see the same on the organization's subscription", async () => {
  const world = newStaffWorld();
  const { findByRole } = openApp(`/console/organizations/${world.organization.id}/subscription`, world);
  const card = await findByRole("region", { name: "What the plan allows" });
  expect(card.textContent).toContain("Active projects3 of 5");
});
