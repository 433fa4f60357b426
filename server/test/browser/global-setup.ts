import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestProject } from "vitest/node";
import { buildAll } from "../../launch/build.ts";
import { startNode, stop as stopChild } from "../../launch/child.ts";
import { freePort } from "../setup/free-port.ts";
import { startTestStandIn } from "../setup/stand-in.ts";
import { startMigratedDatabase } from "../setup/migrated-database.ts";

const READY_PATIENCE_MS = 30_000;
const STOP_PATIENCE_MS = 8_000;

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the built product listens. */
    readonly productUrl: string;
    /** Its database, as the owner of the schema. */
    readonly productDatabaseUrl: string;
    /** Where the stand-in for Stripe takes its orders. */
    readonly standInUrl: string;
  }
}

/** Starts the built server, with the built app, on an empty database: what a person has after `start`, but the demo. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildAll(new AbortController().signal);
  const database = await startMigratedDatabase();
  try {
    const product = await startProduct(database.url);
    project.provide("productUrl", product.url);
    project.provide("productDatabaseUrl", database.url);
    project.provide("standInUrl", product.standInUrl);
    return async () => {
      try {
        await product.stop();
      } finally {
        await database.stop();
      }
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

type Product = { readonly url: string; readonly standInUrl: string; readonly stop: () => Promise<void> };

/** Nobody keeps a free port free until the server listens: another program may have taken it meanwhile. */
async function startProduct(databaseUrl: string, attempts = 3): Promise<Product> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const stripe = await startTestStandIn(url);
  const server = startNode(["dist/app/main.js"], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATABASE_ADMIN_URL: databaseUrl,
      PORT: String(port),
      HOST: "127.0.0.1",
      JWT_KEYS: "browser:0123456789012345678901234567890123456789",
      MASTER_KEYS: "m1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
      WEBHOOKS_ALLOW_LOOPBACK: "1",
      API_LIMITS: "key=0,service=0,address=0",
      LOG_LEVEL: "error",
      NODE_ENV: "development",
      PUBLIC_URL: "",
      SMTP_URL: "",
      ...stripe.environment,
    },
  });
  const stop = async () => {
    await stopChild(server, STOP_PATIENCE_MS);
    await stripe.close();
  };
  try {
    await ready(url, server);
    return { url, standInUrl: stripe.standIn.url, stop };
  } catch (error) {
    const endedByItself = server.exitCode !== null;
    await stop();
    if (attempts <= 1 || !endedByItself) throw error;
    return startProduct(databaseUrl, attempts - 1);
  }
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_PATIENCE_MS; Date.now() < end; await sleep(50)) {
    if (server.exitCode !== null) throw new Error("The server did not start; see above.");
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`${url}/health/ready has not answered 200 within ${READY_PATIENCE_MS / 1000} s`);
}
