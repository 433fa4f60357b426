import { Counter } from "prom-client";
import { metricsRegistry } from "../platform/http/metrics.ts";

/** Webhook events by what became of them when they arrived. */
export const eventsReceived = new Counter({
  name: "qlp_stripe_events_total",
  help: "Stripe's webhook events by outcome on arrival: received, duplicate, ignored, quarantined, refused.",
  labelNames: ["outcome", "type"] as const,
  registers: [metricsRegistry],
});

/** Readings of objects at Stripe; fewer than events, since a burst about one object is read once. */
export const objectsRead = new Counter({
  name: "qlp_stripe_reads_total",
  help: "Objects read again at Stripe because events hinted at them.",
  labelNames: ["kind"] as const,
  registers: [metricsRegistry],
});
