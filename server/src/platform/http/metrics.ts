import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** What operators watch, in Prometheus text. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Histogram<"operation" | "outcome">;
  readonly usageEvents: Counter<"status">;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: "qlp_graphql_request_seconds",
      help: "Time to answer a GraphQL request.",
      labelNames: ["operation", "outcome"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [this.registry],
    });
    this.usageEvents = new Counter({
      name: "qlp_usage_events_total",
      help: "Reported usage events by outcome.",
      labelNames: ["status"],
      registers: [this.registry],
    });
  }
}
