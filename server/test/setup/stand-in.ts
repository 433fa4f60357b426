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
  /** What the product's environment needs to know. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets it go. @throws Error with what the checker found not to be as Stripe has it */
  readonly close: () => Promise<void>;
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
      running = await startStandIn({ file, webhook, port: standIn.port });
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
