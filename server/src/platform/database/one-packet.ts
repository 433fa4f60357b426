import type { PoolClient } from "pg";

const waiting = new WeakSet<PoolClient["connection"]>();

/** What is sent on the connection in this turn of the event loop leaves as one packet: each would cost a call of the system. */
export function inOnePacket({ connection }: PoolClient): void {
  if (waiting.has(connection)) return;
  waiting.add(connection);
  const { stream } = connection;
  stream.cork();
  process.nextTick(() => {
    waiting.delete(connection);
    stream.uncork();
  });
}
