import { expect } from "vitest";
import { test } from "./frame.ts";
import { ALL_PAGES_MS, faultsOf } from "./faults-of-pages.ts";
import { agreePlan, askingWith, generation, invite, logInStaff, newKey, range, send, signUp } from "./people.ts";

const AUTHORIZE = `mutation($input: AuthorizeUsageInput!) { authorizeUsage(input: $input) { allowed reason hold { id } } }`;
const WORK = { input: { action: "GENERATION", complexity: "T1", hold: true } };

test("a cap is set, reached and seen: new work that would cost something is refused", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  await agreePlan(await visit(), organization, "STARTER", "99");
  const key = await newKey(organization);
  await send(
    key,
    range(1, 102).map((number) => generation(`event-${number}`)),
  );

  await page.goto("/app/billing/spending");
  await page.getByText("There is no cap").waitFor();
  await page.getByLabel("Cap", { exact: true }).fill("0.001");
  await page.getByRole("button", { name: "Set cap" }).click();
  await page.getByText("Whole cents only").waitFor();
  await page.getByLabel("Cap", { exact: true }).fill("0.75");
  await page.getByRole("button", { name: "Set cap" }).click();
  await page.getByText("$0.50 of $0.75").waitFor();

  const ask = askingWith(key);
  expect((await ask(AUTHORIZE, WORK)).authorizeUsage).toMatchObject({ allowed: true });
  expect((await ask(AUTHORIZE, WORK)).authorizeUsage).toMatchObject({ allowed: false, reason: "SPENDING_CAP" });
  await page.reload();
  await page.getByText("Cap reached").waitFor();
  await page.getByText("$0.25 more (est.)").waitFor();

  await page.goto("/app/usage/holds?state=PLACED");
  await page.getByRole("rowheader", { name: "Generation, T1" }).waitFor();

  await page.goto("/app/usage/decisions");
  await page.getByText("1 allowed, 1 refused (50%)").waitFor();
  await page.getByRole("row", { name: /^Spending cap .* 1$/ }).waitFor();
});

test("a cap below what is spent is asked for twice, and can be taken away", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  await agreePlan(await visit(), organization, "STARTER", "99");
  await send(
    await newKey(organization),
    range(1, 104).map((number) => generation(`event-${number}`)),
  );
  await page.goto("/app/billing/spending");
  await page.getByLabel("Cap", { exact: true }).fill("0.50");
  await page.getByRole("button", { name: "Set cap" }).click();
  const dialog = page.getByRole("dialog", { name: "Set a cap that is reached already" });
  await dialog.getByText("has cost $1.00 already").waitFor();
  await dialog.getByRole("button", { name: "Stop new work" }).click();
  await page.getByText("Cap reached").waitFor();
  await page.getByRole("button", { name: "Take the cap away" }).click();
  await page.getByText("There is no cap").waitFor();
});

test("a cap that spent and held reach together is asked for twice, with both amounts", async ({ visit }) => {
  const page = await visit();
  const organization = await signUp(page);
  await agreePlan(await visit(), organization, "STARTER", "99");
  const key = await newKey(organization);
  await send(
    key,
    range(1, 102).map((number) => generation(`event-${number}`)),
  );
  await askingWith(key)(AUTHORIZE, WORK);
  await page.goto("/app/billing/spending");
  await page.getByLabel("Cap", { exact: true }).fill("0.75");
  await page.getByRole("button", { name: "Set cap" }).click();
  const dialog = page.getByRole("dialog", { name: "Set a cap that is reached already" });
  await dialog.getByText("has cost $0.50 already, and $0.25 (est.) is kept").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("There is no cap").waitFor();
});

test(
  "who may look and not pay, and staff, see the cap and the holds and change neither",
  { timeout: ALL_PAGES_MS },
  async ({ visit }) => {
    const organization = await signUp(await visit());
    await agreePlan(await visit(), organization, "STARTER", "99");
    const key = await newKey(organization);
    await askingWith(key)(AUTHORIZE, WORK);
    await organization.ask(`mutation { setSpendingCap(input: { cap: "20.00" }) { reached } }`);

    const admin = await visit();
    await invite(organization, admin, "ADMIN");
    await admin.goto("/app/billing/spending");
    await admin.getByText("Only owners and billing members can change the cap.").waitFor();
    expect(await admin.getByRole("button", { name: "Change cap" }).getAttribute("aria-disabled")).toBe("true");
    expect(await admin.getByLabel("Cap", { exact: true }).count()).toBe(0);
    await admin.goto("/app/usage/holds?state=LOST");
    await admin.getByText("not known here for state").waitFor();
    await admin.getByRole("cell", { name: key.slice(0, 8) }).waitFor();

    const staff = await visit();
    await logInStaff(staff, "SUPPORT");
    const room = `/console/organizations/${organization.id}`;
    await staff.goto(`${room}/billing`);
    await staff.getByRole("meter", { name: "Spending against the cap" }).waitFor();
    expect(await staff.getByRole("button", { name: /cap/i }).count()).toBe(0);
    await staff.goto(`${room}/usage?state=SETTLED`);
    await staff.getByText("No hold is settled").waitFor();

    expect(await faultsOf(admin, ["/app/billing/spending", "/app/usage/holds", "/app/usage"])).toEqual([]);
    expect(
      await faultsOf(staff, [`${room}/billing`, `${room}/usage`, `${room}/decisions`, "/console/decisions"]),
    ).toEqual([]);
  },
);
