import { appendFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/** A proxy that holds all traffic with Stripe against Stripe's published interface. */
export type Checker = {
  readonly apiUrl: string;
  readonly webhookUrl: string;
  /** Says where the stand-in listens, once it does. */
  readonly aimAt: (standInUrl: string) => void;
  /** From now on answers may break this rule: a test has made the stand-in lie. */
  readonly expect: (kind: string) => void;
  /** Stops it. @returns what was wrong */
  readonly close: () => Promise<readonly string[]>;
};

type Violation = { readonly level: string; readonly kind: string };
type Running = {
  readonly port: number;
  readonly hookPort: number;
  readonly report: () => { summary: Record<string, unknown>; violations: readonly Violation[] };
  readonly close: () => Promise<void>;
};
type Module = { readonly startChecker: (options: Record<string, unknown>) => Promise<Running> };

/**
 * Starts the checker that STRIPE_CHECKER names, a file that exports `startChecker`; what it saw is
 * added to the file that STRIPE_CHECKER_LOG names.
 *
 * @returns null where none is named
 */
export async function startCheckerWhenAsked(webhookTarget: string, webhookSecret: string): Promise<Checker | null> {
  const file = process.env["STRIPE_CHECKER"];
  if (!file) return null;
  const { startChecker } = (await import(pathToFileURL(file).href)) as Module;
  const options: Record<string, unknown> = {
    target: "http://127.0.0.1:1",
    testClocks: true,
    webhookListen: true,
    webhookTarget,
    webhookSecret,
  };
  const running = await startChecker(options);
  const expected = new Set<string>();
  return {
    apiUrl: `http://127.0.0.1:${running.port}`,
    webhookUrl: `http://127.0.0.1:${running.hookPort}/`,
    aimAt: (standInUrl) => {
      options["target"] = standInUrl;
    },
    expect: (kind) => {
      expected.add(kind);
    },
    close: async () => {
      const { summary, violations } = running.report();
      await running.close();
      const errors = violations.filter(({ level, kind }) => level === "error" && !expected.has(kind));
      const log = process.env["STRIPE_CHECKER_LOG"];
      if (log) await appendFile(log, `${JSON.stringify({ ...summary, errors: errors.length })}\n`);
      return errors.map((violation) => JSON.stringify(violation));
    },
  };
}
