import "reflect-metadata";
import { readConfig } from "../platform/config.ts";
import { startWorker } from "../platform/jobs/worker.ts";
import { createLog } from "../platform/log.ts";
import { createPlatform } from "./create-platform.ts";
import { features } from "./features.ts";
import { createHttpServer } from "./http-server.ts";
import { alignSandboxClock } from "./sandbox-clock.ts";

/** Requests in flight have this long to finish after a signal. */
const STOP_WITHIN_MS = 6_000;

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const { platform, close } = await createPlatform(config, undefined, log);
await alignSandboxClock(platform).catch((error: unknown) =>
  log.warn({ err: error }, "the stand-in for Stripe does not tell the time"),
);
const server = config.role === "worker" ? null : await createHttpServer(platform, log);
const worker =
  config.role === "api"
    ? null
    : await startWorker(
        platform,
        features.flatMap(({ jobs }) => jobs ?? []),
        log,
      );

if (server) {
  try {
    await server.listen({ host: config.host, port: config.port });
    log.info({ url: `http://${config.host}:${config.port}` }, "listening");
  } catch (error) {
    log.fatal({ err: error }, `PORT ${config.port} on ${config.host} is not free. Set PORT to another one.`);
    process.exit(1);
  }
}

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "stopping");
  const late = setTimeout(() => {
    log.error("requests in flight did not finish in time");
    process.exit(1);
  }, STOP_WITHIN_MS);
  await server?.close();
  await worker?.stop();
  await close();
  clearTimeout(late);
  log.info("stopped");
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
