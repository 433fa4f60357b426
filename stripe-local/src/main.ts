// The stand-in as a process of its own. README.md has its environment.
import { join, resolve } from "node:path";
import { isLiveKey } from "./http/auth.ts";
import { startStandIn } from "./stand-in.ts";

const {
  STRIPE_LOCAL_PORT: port = "12111",
  STRIPE_LOCAL_SECRET_KEY: secretKey = "sk_test_local",
  STRIPE_LOCAL_WEBHOOK_URL: webhookUrl,
  STRIPE_LOCAL_WEBHOOK_SECRET: webhookSecret,
  DATA_DIR: folder = ".data",
} = process.env;

const say = (text: string) => process.stdout.write(`${text}\n`);
const refuse = (why: string): never => {
  process.stderr.write(`stripe-local does not start: ${why}\n`);
  process.exit(1);
};

if (isLiveKey(secretKey)) refuse("STRIPE_LOCAL_SECRET_KEY is a live key, and no money moves here.");
if (!/^\d+$/.test(port) || Number(port) > 65_535) refuse("STRIPE_LOCAL_PORT has to be a port number.");
if (Boolean(webhookUrl) !== Boolean(webhookSecret)) {
  refuse("STRIPE_LOCAL_WEBHOOK_URL and STRIPE_LOCAL_WEBHOOK_SECRET go together.");
}

const file = join(resolve(folder), "stripe-local", "state.sqlite");
const standIn = await startStandIn({
  file,
  port: Number(port),
  secretKey,
  ...(webhookUrl && webhookSecret ? { webhook: { url: webhookUrl, secret: webhookSecret } } : {}),
}).catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)));
say(`stripe-local listens at ${standIn.url}; its state is in ${file}.`);

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  void standIn.close().then(() => process.exit(0));
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
