import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./frame.ts";
import { PASSWORD, signUp, unique } from "./people.ts";

const run = promisify(execFile);
const hasCurl = succeeds("bash", "-c", "curl --version");

/** The code as it stands on the screen. */
const shownCode = (page: Page) => page.getByLabel("Code", { exact: true }).first().innerText();

test.skipIf(!hasCurl)(
  "who signs up records the first event by pasting the command, and sees it arrive",
  async ({ visit }) => {
    const page = await visit("/");
    await page.getByRole("main").getByRole("link", { name: "Start free" }).first().click();
    await page.getByLabel("Organization").fill(`Organization ${unique()}`);
    await page.getByLabel("E-mail").fill(`owner-${unique()}@example.com`);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create the organization" }).click();
    await page.getByRole("heading", { name: "Quickstart", level: 1 }).waitFor();

    await page.getByRole("button", { name: "Create the key" }).click();
    await page.getByLabel("Secret").waitFor();
    await page.getByText("Listening").waitFor();
    const command = await shownCode(page);
    const first = await bash(command);
    expect(first).toMatchObject({ accepted: 1, duplicates: 0, rejected: 0, outcomes: [{ status: "ACCEPTED" }] });

    const arrival = page.getByRole("note").filter({ hasText: "Accepted" });
    await arrival.waitFor();
    const said = await arrival.innerText();
    expect(said).toContain(first.outcomes[0].idempotencyKey);
    expect(said).toContain("1 of 10 generations included, $0.00");
    expect(await page.getByText("Done", { exact: true }).count()).toBe(3);

    expect(await bash(command)).toMatchObject({
      accepted: 0,
      duplicates: 1,
      outcomes: [{ status: "DUPLICATE", event: { id: first.outcomes[0].event.id } }],
    });

    await page.getByRole("button", { name: "Show the command" }).click();
    const other = await page.getByLabel("Code", { exact: true }).last().innerText();
    expect(await bash(other)).toMatchObject({ rejected: 1, outcomes: [{ status: "CONFLICT" }] });
    await page.getByRole("note").filter({ hasText: "Conflict" }).waitFor();
  },
);

test("the TypeScript that is shown runs as it stands", async ({ visit }) => {
  const page = await visit();
  await signUp(page);
  await page.goto("/app/quickstart");
  await page.getByRole("button", { name: "Create the key" }).click();
  await page.getByLabel("Secret").waitFor();
  await page.getByRole("tab", { name: "TypeScript" }).click();

  const file = join(await mkdtemp(join(tmpdir(), "snippet-")), "first-event.ts");
  await writeFile(file, await shownCode(page));
  const { stdout } = await run(process.execPath, [file]);
  expect(JSON.parse(stdout)).toMatchObject({ data: { recordUsage: { accepted: 1 } } });
  await page.getByRole("note").filter({ hasText: "Accepted" }).waitFor();
});

async function bash(command: string): Promise<any> {
  const { stdout } = await run("bash", ["-c", command]);
  return JSON.parse(stdout).data.recordUsage;
}

function succeeds(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
