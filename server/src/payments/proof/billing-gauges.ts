import { Gauge } from "prom-client";
import { metricsRegistry } from "../../platform/http/metrics.ts";
import { inPlatformTransaction } from "../../platform/database/tenant-transaction.ts";
import type { Platform } from "../../platform/scope.ts";
import { type BillingFigures, billingFigures } from "./billing-health.ts";

const gauges: readonly {
  readonly name: string;
  readonly help: string;
  readonly read: (figures: BillingFigures, now: Date) => number;
}[] = [
  {
    name: "qlp_stripe_events_waiting",
    help: "Stripe's webhook events that wait to be worked.",
    read: (f) => f.waitingEvents,
  },
  {
    name: "qlp_stripe_events_failed",
    help: "Stripe's webhook events that were given up.",
    read: (f) => f.failedEvents,
  },
  {
    name: "qlp_stripe_calls_pending",
    help: "Calls to Stripe that are decided and not made.",
    read: (f) => f.pendingCalls,
  },
  {
    name: "qlp_stripe_calls_oldest_seconds",
    help: "Age of the oldest call that waits; 0 without one.",
    read: (f) => f.oldestPendingSeconds ?? 0,
  },
  {
    name: "qlp_invoices_held",
    help: "Drafts that wait because they and the ledger differ.",
    read: (f) => f.heldInvoices,
  },
  { name: "qlp_alarms_open", help: "Alarms that nobody has cleared.", read: (f) => f.openAlarms },
  {
    name: "qlp_proof_age_seconds",
    help: "Since the last proof was finished; -1 before the first.",
    read: (f, now) => age(f.lastProofAt, now),
  },
  {
    name: "qlp_repair_age_seconds",
    help: "Since Stripe's events were last looked through; -1 before the first time.",
    read: (f, now) => age(f.lastRepairAt, now),
  },
];

const age = (at: Date | null, now: Date): number => (at === null ? -1 : (now.getTime() - at.getTime()) / 1000);

/** Looked up again only after this long, so that one scrape of all gauges is one statement. */
const FRESH_MS = 1_000;

/** Shows what operators watch of the billing, read from the database when it is asked for. */
export function measureBilling(platform: Platform): void {
  let read: { readonly at: number; readonly figures: Promise<BillingFigures | null> } | null = null;
  const fresh = (): Promise<BillingFigures | null> => {
    if (read === null || Date.now() - read.at > FRESH_MS)
      // Without a database the other metrics are still worth showing.
      read = { at: Date.now(), figures: inPlatformTransaction(platform.pool, billingFigures).catch(() => null) };
    return read.figures;
  };
  for (const { name, help, read: valueOf } of gauges) {
    metricsRegistry.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      registers: [metricsRegistry],
      async collect() {
        const figures = await fresh();
        if (figures !== null) this.set(valueOf(figures, platform.clock()));
      },
    });
  }
}
