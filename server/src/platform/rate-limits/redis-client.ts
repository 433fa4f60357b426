import { once } from "node:events";
import { Cluster, Redis, type RedisOptions } from "ioredis";

/**
 * Nothing waits in the client: what cannot be sent at once fails at once, and what was sent before a
 * connection broke is not sent again, since it may have been counted.
 */
const options = {
  protocol: 2,
  connectTimeout: 2_000,
  // A connection that says nothing any more is given up, and another is made.
  socketTimeout: 5_000,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
} as const satisfies RedisOptions;

const DEFAULT_PORT = 6379;

/** From 50 ms to a second between attempts, no two processes in step. */
const reconnectAfterMs = (attempt: number): number => Math.min(50 * 2 ** attempt, 800) + Math.random() * 200;

/** Connects to one Redis, or to a cluster that the nodes belong to when there are several. It goes on trying for ever. */
export function connectRedis(urls: readonly string[]): Redis | Cluster {
  const [first = "", ...others] = urls;
  if (others.length === 0)
    return new Redis(first, { ...options, enableOfflineQueue: false, retryStrategy: reconnectAfterMs });
  const { protocol, username, password } = new URL(first);
  return new Cluster(urls.map(nodeAt), {
    enableOfflineQueue: false,
    clusterRetryStrategy: reconnectAfterMs,
    slotsRefreshTimeout: 1_000,
    slotsRefreshInterval: 5_000,
    // An answer is due in 50 ms: few retries, at once.
    maxRedirections: 4,
    retryDelayOnFailover: 10,
    retryDelayOnClusterDown: 10,
    retryDelayOnTryAgain: 10,
    redisOptions: {
      ...options,
      ...(username !== "" && { username: decodeURIComponent(username) }),
      ...(password !== "" && { password: decodeURIComponent(password) }),
      ...(protocol === "rediss:" && { tls: {} }),
    },
    // Certificates name hosts, not their addresses.
    ...(protocol === "rediss:" && { dnsLookup: (host, answer) => answer(null, host) }),
  });
}

function nodeAt(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  // An IPv6 address stands in brackets there.
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || DEFAULT_PORT) };
}

/** Waits for the connections, a cluster's to each of its nodes. @throws Error when they are not there in time */
export async function whenReady(redis: Redis | Cluster, withinMs: number): Promise<void> {
  const signal = AbortSignal.timeout(withinMs);
  if (redis.status !== "ready") await once(redis, "ready", { signal });
  if (!(redis instanceof Cluster)) return;
  const late = once(signal, "abort").then(() => Promise.reject(new Error("not all nodes of the cluster answer")));
  await Promise.race([Promise.all(redis.nodes("master").map((node) => node.ping())), late]);
}
