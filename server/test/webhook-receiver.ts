import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A message as it arrived: what the library of Standard Webhooks verifies. */
export type Received = {
  readonly headers: IncomingHttpHeaders & Record<string, string>;
  readonly body: string;
  readonly atMs: number;
};

/** A customer's server on this machine, which takes messages until the test is over. */
export type Receiver = {
  readonly url: string;
  readonly received: Received[];
  /** How it answers from now on; 200 until it is told otherwise. */
  answer: (response: ServerResponse, message: Received) => void;
};

/** @param path where it takes them */
export async function startReceiver(path = "/hooks"): Promise<Receiver> {
  const receiver: Receiver = {
    url: "",
    received: [],
    answer: (response) => void response.writeHead(200, { "content-type": "text/plain" }).end("thanks"),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const message = {
        headers: request.headers as Received["headers"],
        body: Buffer.concat(chunks).toString("utf8"),
        atMs: performance.now(),
      };
      receiver.received.push(message);
      receiver.answer(response, message);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, { url: `http://127.0.0.1:${port}${path}` });
}
