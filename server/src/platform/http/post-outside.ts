import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { publicAddresses, type Resolve } from "./public-target.ts";

export type Outside = {
  readonly allowLoopback: boolean;
  readonly timeoutMs: number;
  /** Ends the wait early. */
  readonly stopping?: AbortSignal | undefined;
  readonly resolve?: Resolve;
};

/** What a stranger's server answered: the code, and the start of the body. */
export type OutsideAnswer = { readonly status: number; readonly body: string };

/** More of a body is not read. */
const MAX_BODY_BYTES = 2_048;

/**
 * Posts to a stranger's server, once: no redirect is followed, no proxy is asked, no connection is
 * kept.
 *
 * The connection goes to the very addresses that were checked, so an answer of the DNS that changes
 * between check and use leads nowhere.
 *
 * @throws TargetNotPublic when the host has an address that is not public
 * @throws Error when no answer came: the network's, or a TimeoutError
 */
export async function postOutside(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowLoopback, timeoutMs, stopping, resolve }: Outside,
): Promise<OutsideAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = stopping ? AbortSignal.any([timeout, stopping]) : timeout;
  const addresses = await unlessAborted(publicAddresses(url.hostname, { allowLoopback, resolve }), signal);
  const response = await unlessAborted(send(url, headers, body, addresses, signal), signal);
  return { status: response.statusCode ?? 0, body: await startOf(response) };
}

function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        agent: false,
        signal,
        lookup: lookupOf(addresses),
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
      },
      resolve,
    );
    // Without a listener, an answer that changes the protocol would end in neither an answer nor an error.
    sent.on("upgrade", (response: IncomingMessage, socket) => {
      socket.destroy();
      response.destroy();
      resolve(response);
    });
    sent.on("error", (error) => reject(signal.aborted ? (signal.reason as Error) : error));
    sent.end(body);
  });
}

/** Answers with the addresses that were checked, whatever the name is. */
const lookupOf =
  (addresses: readonly string[]): LookupFunction =>
  (_name, options, callback) => {
    const all = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = all;
    if (options.all === true) callback(null, all);
    else callback(null, first?.address ?? "", first?.family);
  };

/** The start of a body; as much of it as came, when the rest does not. */
async function startOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY_BYTES) break;
    }
  } catch {
    // The code was the answer.
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString("utf8");
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  return Promise.race([work, aborted]);
}
