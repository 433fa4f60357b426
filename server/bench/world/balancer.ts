import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Hands each new connection to the next of the servers, as a balancer in front of them does. */
export type Balancer = { readonly url: string; readonly stop: () => Promise<void> };

/** @param urls of the servers, which take turns */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
  const targets = urls.map((url) => Number(new URL(url).port));
  const open = new Set<Socket>();
  let next = 0;
  const balancer = createServer({ noDelay: true }, (caller) => {
    const server = connect({ host: "127.0.0.1", port: targets[next++ % targets.length] ?? 0, noDelay: true });
    for (const [socket, other] of [
      [caller, server],
      [server, caller],
    ] as const) {
      open.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }).listen(0, "127.0.0.1");
  await once(balancer, "listening");
  const address = balancer.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      balancer.close();
      for (const socket of open) socket.destroy();
      if (balancer.listening) await once(balancer, "close");
    },
  };
}
