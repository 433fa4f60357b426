import Stripe from "stripe";
import type { StandIn } from "stripe-local";
import { createPlatform } from "../src/app/create-platform.ts";
import { features } from "../src/app/features.ts";
import { createHttpServer } from "../src/app/http-server.ts";
import { settleStripe } from "../src/payments/settle-stripe.ts";
import { standInOf } from "../src/payments/stand-in.ts";
import { STRIPE_VERSION } from "../src/payments/stripe-client.ts";
import { readConfig } from "../src/platform/config.ts";
import { startWorker } from "../src/platform/jobs/worker.ts";
import { createLog } from "../src/platform/log.ts";
import type { Platform } from "../src/platform/scope.ts";
import { afterFile } from "./setup/after-file.ts";
import { freePort } from "./setup/free-port.ts";
import { type Fault, startTestStandIn } from "./setup/stand-in.ts";
import { testDatabase } from "./setup/test-database.ts";
import { type Asker, World } from "./world.ts";

/** Cards that the stand-in knows, as Stripe's test mode does. */
export const cards = {
  good: "4242424242424242",
  declined: "4000000000000002",
  /** Attaches; every later charge is declined. */
  declinedLater: "4000000000000341",
} as const;

/** The product with the stand-in for Stripe beside it: webhooks over HTTP, jobs by a worker, time by the sandbox's clock. */
export class StripeWorld extends World {
  readonly standIn: StandIn;
  readonly stripe: Stripe;
  readonly url: string;
  admin!: Asker;
  /** Stops the stand-in, does something with its state, a file of SQLite, and starts it again where it was. */
  whileStandInIsDown!: (work: (file: string) => void) => Promise<void>;

  constructor(server: World["server"], platform: Platform, url: string, standIn: StandIn) {
    super(server, platform, { now: null });
    this.url = url;
    this.standIn = standIn;
    this.stripe = stripeAt(standIn);
  }

  now(): Date {
    return this.platform.clock();
  }

  /** Moves time to `to` as staff do, through all that is due on the way. */
  async advance(to: Date | string): Promise<void> {
    await this.admin.get(`mutation($input: AdvanceSandboxClockInput!) { advanceSandboxClock(input: $input) { now } }`, {
      input: { to: new Date(to).toISOString() },
    });
  }

  /** Lets `ms` milliseconds of the sandbox's time pass. */
  pass(ms: number): Promise<void> {
    return this.advance(new Date(this.now().getTime() + ms));
  }

  /** Waits until webhooks, inbox, outbox and jobs are done. */
  async settle(): Promise<void> {
    const standIn = standInOf(this.platform);
    if (standIn) await settleStripe(this.platform, standIn);
  }

  /** Asks for these faults on the way to Stripe, in place of those before; see the stand-in's README. */
  faults!: (faults: readonly Fault[]) => Promise<void>;

  /** Opens Checkout for a plan as the organization's owner. @returns the page's address */
  async openCheckout(owner: Asker, plan: string): Promise<string> {
    const { startCheckout } = await owner.get(
      `mutation($input: StartCheckoutInput!) { startCheckout(input: $input) { __typename ... on HostedPage { url } ... on Refusal { message } } }`,
      { input: { plan, successUrl: `${this.url}/checkout/return`, cancelUrl: `${this.url}/app` } },
    );
    if (startCheckout.__typename !== "HostedPage") throw new Error(startCheckout.message);
    return startCheckout.url;
  }

  /** Buys a plan with a card on the hosted page and waits until it is in force. */
  async buy(owner: Asker, plan: string, card: string = cards.good): Promise<void> {
    await payOnPage(await this.openCheckout(owner, plan), card);
    await this.settle();
  }
}

/** What a person sees after sending a form: a page, or a redirect back to the product. */
type HostedAnswer = { readonly status: number; readonly location: string | null; readonly text: string };

/** Fills the form of a hosted page with a card, as a person would, and sends it. @returns the page that came of it */
export async function payOnPage(url: string, card: string): Promise<HostedAnswer> {
  const page = await (await fetch(url)).text();
  const form = /<form[^>]*\bmethod="post"[^>]*>[\s\S]*?<\/form>/i.exec(page)?.[0];
  if (!form) throw new Error(`no form on ${url}`);
  const action = /\baction="([^"]*)"/i.exec(form.slice(0, form.indexOf(">")))?.[1] ?? url;
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input\b[^>]*>/gi)) {
    const name = /\bname="([^"]*)"/i.exec(input)?.[1];
    if (name === undefined) continue;
    const value = /\bvalue="([^"]*)"/i.exec(input)?.[1] ?? "";
    if (/number/i.test(name)) fields.set(name, card);
    else if (/exp/i.test(name)) fields.set(name, "12/34");
    else if (/cvc/i.test(name)) fields.set(name, "123");
    else if (/name/i.test(name) && value === "") fields.set(name, "Ada Lovelace");
    else fields.set(name, value);
  }
  const target = new URL(action.replaceAll("&amp;", "&"), url);
  return follow(url, await fetch(target, { method: "POST", body: fields, redirect: "manual" }));
}

/** Follows redirects as long as they stay with the hosted pages. */
async function follow(page: string, answer: Response): Promise<HostedAnswer> {
  const location = answer.headers.get("location");
  const next = location === null ? null : new URL(location, page);
  if (next === null || next.origin !== new URL(page).origin)
    return { status: answer.status, location, text: await answer.text() };
  return follow(page, await fetch(next, { redirect: "manual" }));
}

const stripeAt = ({ url, port }: StandIn): Stripe =>
  new Stripe("sk_test_local", {
    apiVersion: STRIPE_VERSION,
    host: new URL(url).hostname,
    port,
    protocol: "http",
    telemetry: false,
  });

let made: Promise<StripeWorld> | null = null;

/** The product with Stripe's stand-in, one for each test file, on a database of its own. */
export function newStripeWorld(): Promise<StripeWorld> {
  made ??= make();
  return made;
}

async function make(): Promise<StripeWorld> {
  const { url: databaseUrl, adminUrl } = await testDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { standIn, whileDown, faults, environment, close: closeStandIn } = await startTestStandIn(url);
  const config = readConfig({
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATABASE_ADMIN_URL: adminUrl,
    JWT_KEYS: "current:0123456789012345678901234567890123456789",
    MASTER_KEYS: "m1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    WEBHOOKS_ALLOW_LOOPBACK: "1",
    NODE_ENV: "test",
    API_LIMITS: "key=0,service=0,address=0",
    ...environment,
  });
  const running = await createPlatform(config);
  const log = createLog(process.env["TEST_LOG_LEVEL"] ?? "silent");
  const server = await createHttpServer(running.platform, log);
  await server.listen({ host: "127.0.0.1", port });
  const worker = await startWorker(
    running.platform,
    features.flatMap(({ jobs }) => jobs ?? []),
    log,
  );
  afterFile(async () => {
    made = null;
    await worker.stop();
    await server.close();
    await running.close();
    await closeStandIn();
  });
  const world = new StripeWorld(server, running.platform, url, standIn);
  world.faults = faults;
  world.admin = await world.staff();
  world.whileStandInIsDown = whileDown;
  return world;
}
