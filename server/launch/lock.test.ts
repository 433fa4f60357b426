import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tryLock, withLock } from "./lock.ts";

const newFile = () => join(mkdtempSync(join(tmpdir(), "lock-")), "lock");

test("only one process has a lock, and a killed one has it no longer", async () => {
  const file = newFile();
  const module = new URL("lock.ts", import.meta.url).href;
  const program = `import(${JSON.stringify(module)}).then(({ tryLock }) => {
    globalThis.lock = tryLock(${JSON.stringify(file)});
    console.log("taken");
    setInterval(() => {}, 1000);
  })`;
  const holder = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  expect(tryLock(file)).toBeNull();

  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(tryLock(file)).not.toBeNull();
});

test("those who wait for a lock work one after the other", async () => {
  const file = newFile();
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`${name} in`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} out`);
  };
  await Promise.all(["a", "b"].map((name) => withLock(file, work(name))));
  expect(log).toEqual(["a in", "a out", "b in", "b out"]);
});
