import { expect, test } from "vitest";
import { startReceiver } from "../../../test/webhook-receiver.ts";
import { postOutside } from "./post-outside.ts";

const patience = { allowLoopback: true, timeoutMs: 2_000 };
const post = (url: string, more: object = {}) =>
  postOutside(new URL(url), { "x-own": "1" }, "{}", { ...patience, ...more });

/** The receiver's address under a name that only our own look-up knows. */
const named = (url: string, name: string): string => url.replace("127.0.0.1", name);

test("the code and the start of the body are the answer", async () => {
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(418).end("x".repeat(10_000));
  const { status, body } = await post(receiver.url);
  expect({ status, length: body.length }).toEqual({ status: 418, length: 2_048 });
  expect(receiver.received[0]).toMatchObject({ body: "{}", headers: { "x-own": "1", "content-length": "2" } });
});

test("a redirect is an answer, and is not followed", async () => {
  const elsewhere = await startReceiver("/elsewhere");
  const receiver = await startReceiver();
  receiver.answer = (response) => void response.writeHead(307, { location: elsewhere.url }).end();
  expect((await post(receiver.url)).status).toBe(307);
  expect(elsewhere.received).toEqual([]);
});

test("an answer that changes the protocol is an answer, and holds nobody up", async () => {
  const receiver = await startReceiver();
  receiver.answer = ({ socket }) =>
    void socket?.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nand then");
  expect(await post(receiver.url)).toEqual({ status: 101, body: "" });
});

test.each([
  ["hints without end, and no answer", "HTTP/1.1 103 Early Hints\r\n\r\n"],
  ["a head without end", "HTTP/1.1 200 OK\r\nx-more: "],
  ["a body that drips", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"],
])("%s: the wait is over in time", async (_what, start) => {
  const receiver = await startReceiver();
  receiver.answer = ({ socket }) => {
    socket?.write(start);
    const drip = setInterval(() => socket?.write(start.startsWith("HTTP/1.1 103") ? start : "1\r\nx\r\n"), 20);
    socket?.on("close", () => clearInterval(drip)).on("error", () => undefined);
  };
  const began = performance.now();
  await post(receiver.url, { timeoutMs: 300 }).catch((error: unknown) => error);
  expect(performance.now() - began).toBeLessThan(1_500);
});

test("over https nothing is sent in the clear, whatever the server speaks", async () => {
  const receiver = await startReceiver();
  await expect(post(receiver.url.replace("http:", "https:"))).rejects.toThrow(/ssl|tls/i);
  expect(receiver.received).toEqual([]);
});

test("the connection goes to the address that was checked", async () => {
  const receiver = await startReceiver();
  const { status } = await post(named(receiver.url, "receiver.example"), { resolve: async () => ["127.0.0.1"] });
  expect(status).toBe(200);
  expect(receiver.received[0]!.headers.host).toMatch(/^receiver\.example:/);
});

test("a name that leads elsewhere from one look to the next leads to what was checked, or nowhere", async () => {
  const receiver = await startReceiver();
  let looks = 0;
  // Good when it is checked, private when a second look would be used to connect.
  const resolve = async (): Promise<string[]> => {
    looks += 1;
    return looks === 1 ? ["127.0.0.1"] : ["10.0.0.7"];
  };
  const url = named(receiver.url, "rebinding.example");
  expect((await post(url, { resolve })).status).toBe(200);
  expect({ looks, arrived: receiver.received.length }).toEqual({ looks: 1, arrived: 1 });
  await expect(post(url, { resolve })).rejects.toThrow("leads to 10.0.0.7");
});

test.each([
  "http://127.0.0.1:9/",
  "http://[::1]:9/",
  "http://2130706433:9/",
  "http://0x7f.1:9/",
  "http://localhost:9/",
])("%s is refused before anything is sent", async (url) => {
  await expect(post(url, { allowLoopback: false })).rejects.toThrow("not an address of the public internet");
});

test("whoever does not answer in time is left, whether in the DNS, before the code or in the body", async () => {
  const receiver = await startReceiver();
  const hurry = { timeoutMs: 200 };
  await expect(post("http://slow.example/", { ...hurry, resolve: () => new Promise(() => undefined) })).rejects.toThrow(
    /timeout/,
  );
  receiver.answer = () => undefined;
  await expect(post(receiver.url, hurry)).rejects.toMatchObject({ name: "TimeoutError" });
  receiver.answer = (response) => void response.writeHead(200).write("and then");
  expect(await post(receiver.url, hurry)).toEqual({ status: 200, body: "and then" });
});

test("a wait is ended by whoever stops", async () => {
  const receiver = await startReceiver();
  const stopping = new AbortController();
  receiver.answer = () => stopping.abort(new Error("stopped"));
  await expect(post(receiver.url, { stopping: stopping.signal })).rejects.toThrow("stopped");
});
