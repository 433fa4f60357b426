import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StandIn, startStandIn } from "stripe-local";
import { startCheckerWhenAsked } from "./stripe-checker.ts";

export const WEBHOOK_SECRET = "whsec_test_0123456789";

/** The stand-in for Stripe beside one product of a test, with the checker between them when one is named. */
export type TestStandIn = {
  readonly standIn: StandIn;
  /** Stops it, does something with its state, a file of SQLite, and starts it again where it was. */
  readonly whileDown: (work: (file: string) => void) => Promise<void>;
  /** Asks for these faults on the way to Stripe, in place of those before; see the stand-in's README. */
  readonly faults: (faults: readonly Fault[]) => Promise<void>;
  /** What the product's environment needs to know. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets it go. @throws Error with what the checker found not to be as Stripe has it */
  readonly close: () => Promise<void>;
};

/** What is to go wrong with requests that match. */
export type Fault = {
  readonly match: string;
  readonly kind: string;
  readonly status?: number;
  readonly after?: boolean;
  readonly times?: number;
  readonly ms?: number;
};

/** @param productUrl where webhooks go */
export async function startTestStandIn(productUrl: string): Promise<TestStandIn> {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-"));
  const target = `${productUrl}/webhooks/stripe`;
  const checker = await startCheckerWhenAsked(target, WEBHOOK_SECRET);
  const file = join(folder, "state.sqlite");
  const webhook = { url: checker?.webhookUrl ?? target, secret: WEBHOOK_SECRET };
  const standIn = await startStandIn({ file, webhook });
  let running = standIn;
  checker?.aimAt(standIn.url);
  return {
    standIn,
    whileDown: async (work) => {
      await running.close();
      work(file);
      // Sums that were altered do not add up, which is what the product must find.
      checker?.expect("invariant");
      running = await startStandIn({ file, webhook, port: standIn.port });
    },
    faults: async (faults) => {
      // A checker in between would take what goes wrong behind it for the stand-in's own answers.
      const between = checker === null ? [] : faults.filter(({ kind }) => !kind.startsWith("webhook-"));
      const behind = faults.filter((fault) => !between.includes(fault));
      if (checker !== null) await post(`${checker.apiUrl}/__checker/faults`, between);
      await fetch(`${standIn.url}/_local/faults`, { method: "DELETE" });
      if (behind.length > 0) await post(`${standIn.url}/_local/faults`, behind);
    },
    environment: {
      STRIPE_SECRET_KEY: "",
      STRIPE_LOCAL_PORT: String(standIn.port),
      STRIPE_WEBHOOK_SECRETS: WEBHOOK_SECRET,
      STRIPE_API_BASE: checker?.apiUrl ?? "",
    },
    close: async () => {
      await running.close();
      const faults = (await checker?.close()) ?? [];
      await rm(folder, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`Not as Stripe has it:\n${faults.join("\n")}`);
    },
  };
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
