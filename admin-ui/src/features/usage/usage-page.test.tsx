import { waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";

test("the period is in the URL, and an unknown one is the current", async () => {
  const asked: unknown[] = [];
  const world = newWorld();
  const { usage } = world.organization;
  world.organization.usage = (...args: unknown[]) => {
    asked.push(args[0]);
    return usage();
  };
  const { user, findByLabelText, address } = openApp("/app/usage?period=gone", world);
  await user.selectOptions(await findByLabelText("Period"), "7d");
  expect(address()).toBe("/app/usage?period=7d");
  expect(asked[0]).toMatchObject({ from: null, to: null });
});

test("a meter leads to its events", async () => {
  const { findByRole } = openApp("/app/usage");
  const table = await findByRole("table", { name: "Usage by meter" });
  expect(within(table).getByRole("link", { name: "Storage" }).getAttribute("href")).toBe(
    "/app/usage/events?meter=storage",
  );
});

test("the chart can be read as a table", async () => {
  const { user, findByRole, findByText } = openApp("/app/usage");
  await findByRole("figure", { name: /^Most on/ });
  await user.click(await findByText("Table"));
  expect(await findByRole("table", { name: "Usage by day" })).toBeDefined();
});

test("a part that fails says so with its request, while the others stand", async () => {
  const world = newWorld();
  world.organization.usageByDay = () => {
    throw new Error("boom");
  };
  const { user, findByRole, findByText } = openApp("/app/usage", world);
  await findByText("The chart could not be loaded");
  await findByRole("table", { name: "Usage by meter" });

  world.organization.usageByDay = () => [];
  await user.click(await findByRole("button", { name: "Retry" }));
  expect(await findByText("No usage in this time")).toBeDefined();
});

test("the current period says what its allowances come to, a past one does not", async () => {
  const { user, findByRole, findByLabelText, queryByRole } = openApp("/app/usage");
  const card = await findByRole("region", { name: "Allowances, and where they are heading" });
  expect(card.textContent).toContain("about 225 generations");
  expect(card.textContent).toContain("the overage of this period comes to about $31.25");
  expect(card.textContent).toContain("Too early to tell");
  await user.selectOptions(await findByLabelText("Period"), "7d");
  await waitFor(() => expect(queryByRole("region", { name: "Allowances, and where they are heading" })).toBeNull());
});
