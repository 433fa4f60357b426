import { afterAll } from "vitest";

const closing: (() => Promise<void>)[] = [];

/** Lets something go when the test file is through, the newest first: the next file of the worker shares our modules. */
export function afterFile(close: () => Promise<void>): void {
  closing.push(close);
}

/** For the start of each test file. */
export function closeAfterFile(): void {
  afterAll(async () => {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  });
}
