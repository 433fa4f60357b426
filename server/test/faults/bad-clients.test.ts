import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../setup/test-database.ts";
import { type Product, startProduct } from "./product.ts";
import { newKeys, newReporter, type Reporter } from "./reporter.ts";

/** On a machine that others keep busy; whoever waited for the slow ones would wait for longer. */
const OTHERS_MS = 5_000;
const MEGABYTE = 1024 * 1024;

let product: Product;
let reporter: Reporter;
const open = new Set<Socket>();

beforeAll(async () => {
  product = await startProduct({ databaseUrl: (await testDatabase()).adminUrl });
  reporter = await newReporter(product.url);
});

afterAll(async () => {
  for (const socket of open) socket.destroy();
  await product?.stop();
});

test("bodies of 10 MB are refused, announced or not, and others are served", { timeout: 60_000 }, async () => {
  const head = (path: string, more: string) =>
    `POST ${path} HTTP/1.1\r\nHost: qlp\r\nContent-Type: application/json\r\n${more}\r\n\r\n`;
  const chunk = Buffer.concat([
    Buffer.from(`${MEGABYTE.toString(16)}\r\n`),
    Buffer.alloc(MEGABYTE, "x"),
    Buffer.from("\r\n"),
  ]);
  const statuses = Promise.all(
    ["/graphql", "/webhooks/stripe"].flatMap((path) => [
      ...Array.from({ length: 10 }, () =>
        sendAll(head(path, `Content-Length: ${10 * MEGABYTE}`), Buffer.alloc(MEGABYTE, "x"), 10),
      ),
      ...Array.from({ length: 10 }, () => sendAll(head(path, "Transfer-Encoding: chunked"), chunk, 10)),
    ]),
  );
  await othersAreServed(20);
  // One that goes on sending may be cut off before it hears why.
  const heard = new Set(await statuses);
  expect(heard).toContain(413);
  expect([...heard].filter((status) => status !== 413 && status !== null)).toEqual([]);
});

test("bodies that come byte by byte are cut off, and others are served", { timeout: 90_000 }, async () => {
  const startedAt = performance.now();
  const slow = Array.from({ length: 100 }, async () => {
    const socket = await opened();
    const gone = closed(socket);
    socket.write(
      "POST /graphql HTTP/1.1\r\nHost: qlp\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
    );
    const dripping = setInterval(() => socket.write("x"), 500);
    const said = await gone;
    clearInterval(dripping);
    return { status: statusIn(said), afterMs: performance.now() - startedAt };
  });
  await othersAreServed(50);
  for (const { status, afterMs } of await Promise.all(slow)) {
    expect(status).toBe(408);
    expect(afterMs).toBeLessThan(25_000);
  }
});

test(
  "500 connections that ask nothing leave others served, and do not hold up a stop",
  { timeout: 60_000 },
  async () => {
    const idle = await Promise.all(Array.from({ length: 500 }, () => opened()));
    // Half of them have asked once and stay.
    for (const socket of idle.slice(0, 250)) socket.write("GET /health/live HTTP/1.1\r\nHost: qlp\r\n\r\n");
    await othersAreServed(50);
    expect(idle.every(({ destroyed }) => !destroyed)).toBe(true);
    expect(await product.stop()).toBe(0);
  },
);

/** Asks one after the other; each is answered soon. */
async function othersAreServed(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    expect(await reporter.record(product.url, newKeys(1))).toEqual(["ACCEPTED"]);
    expect(performance.now() - startedAt).toBeLessThan(OTHERS_MS);
  }
}

async function opened(): Promise<Socket> {
  const socket = connect(Number(new URL(product.url).port), "127.0.0.1");
  open.add(socket);
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  // From here on a reset is one way of being cut off.
  socket.on("error", () => undefined);
  return socket;
}

/** All that the server said until it closed the connection. */
async function closed(socket: Socket): Promise<string> {
  let said = "";
  socket.on("data", (part: Buffer) => (said += part.toString()));
  await new Promise((resolve) => socket.once("close", resolve));
  open.delete(socket);
  return said;
}

/** Sends as much as is taken. @returns the status that came back */
async function sendAll(head: string, part: Buffer, parts: number): Promise<number | null> {
  const socket = await opened();
  const gone = closed(socket);
  socket.write(head);
  for (let index = 0; index < parts && socket.writable; index += 1)
    if (!socket.write(part)) await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), gone]);
  socket.end();
  return statusIn(await gone);
}

const statusIn = (said: string): number | null => {
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(said) ?? [];
  return status === undefined ? null : Number(status);
};
