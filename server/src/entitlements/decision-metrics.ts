import { Counter } from "prom-client";
import type { UsageAction } from "../usage/usage-event.ts";
import type { RefusalReason } from "./decide-usage.ts";

const decisions = new Counter({
  name: "qlp_usage_decisions_total",
  help: "Answers to authorizeUsage, by action and outcome: ALLOWED, or why not.",
  labelNames: ["action", "outcome"],
});

/** Counts one answer for Prometheus. */
export const countForMetrics = (action: UsageAction, reason: RefusalReason | null): void =>
  decisions.inc({ action, outcome: reason ?? "ALLOWED" });
