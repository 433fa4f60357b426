import { collectDefaultMetrics, Counter, Histogram, register } from "prom-client";

collectDefaultMetrics();

/** What operators watch, in Prometheus text. Labels hold words of ours only, so that callers cannot multiply series. */
export const metricsRegistry = register;

export const requestSeconds = new Histogram({
  name: "qlp_graphql_request_seconds",
  help: "Time to answer a GraphQL request, by kind of operation and outcome.",
  labelNames: ["operation", "outcome"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

export const usageEventsTotal = new Counter({
  name: "qlp_usage_events_total",
  help: "Reported usage events by what became of them.",
  labelNames: ["status"],
});
