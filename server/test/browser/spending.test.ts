import { expect } from "vitest";
import { test } from "./frame.ts";
import { agreePlan, askingWith, generation, newKey, range, send, signUp } from "./people.ts";

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
  const dialog = page.getByRole("dialog", { name: "Set a cap below what is spent" });
  await dialog.getByText("has cost $1.00 already").waitFor();
  await dialog.getByRole("button", { name: "Stop new work" }).click();
  await page.getByText("Cap reached").waitFor();
  await page.getByRole("button", { name: "Take the cap away" }).click();
  await page.getByText("There is no cap").waitFor();
});
