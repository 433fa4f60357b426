import { MINUTE_MS } from "../kernel/clock.ts";

/** An entry of the audit log about the subscription. */
export type TimelineEntry = {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly actor: string;
  readonly actorKind: string;
  readonly staff: boolean;
  readonly target: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
};

/** A billing period that began on another plan than the one before it. */
export type PlanStart = { readonly id: string; readonly at: Date; readonly plan: string; readonly free: boolean };

/** Something that happened to a subscription, in words. `by` is null for what happened by itself. */
export type TimelineEvent = {
  readonly id: string;
  readonly at: Date;
  readonly what: string;
  readonly by: string | null;
};

type Say = (plan: string, detail: Readonly<Record<string, unknown>>) => string;

const day = (value: unknown): string => (typeof value === "string" ? value.slice(0, 10) : "the end of the period");
const dollars = (value: unknown): string => (typeof value === "string" ? `$${value}` : "an amount");

const sentences: Readonly<Record<string, Say>> = {
  "trial.started": (plan) => `Trial of ${plan} started`,
  "trial.changed": (plan) => `Trial changed to ${plan}`,
  "plan.agreed": (plan, { monthlyPrice }) => `${plan} agreed at ${dollars(monthlyPrice)} a month`,
  "upgrade.ordered": (plan, { dueNow }) => `Upgrade to ${plan} ordered for ${dollars(dueNow)}`,
  "downgrade.scheduled": (plan, { effectiveAt }) => `Change to ${plan} scheduled for ${day(effectiveAt)}`,
  "downgrade.withdrawn": () => "Scheduled change taken back",
  "cancellation.scheduled": (plan, { at }) => `End of ${plan} scheduled for ${day(at)}`,
  "cancellation.withdrawn": () => "Cancellation taken back",
  "money-back.claimed": (_plan, { refunded }) => `Money-back guarantee claimed: ${dollars(refunded)}`,
  "subscription.granted": (plan) => `${plan} is paid and in force`,
  "subscription.changed": (plan) => `Changed to ${plan}`,
  "subscription.ended": (plan) => `${plan} ended; Free follows`,
  "subscription.past-due": () => "A renewal could not be paid",
  "subscription.restored": () => "The renewal was paid; nothing is owed",
  "subscription.paused": () => "Paused",
  "subscription.resumed": () => "Resumed",
};

/** The audit log's actions that the timeline tells. */
export const timelineActions: readonly string[] = Object.keys(sentences);

/** Those that say themselves that another plan began; what follows an end is Free. */
const beginnings = ["trial.started", "plan.agreed", "subscription.granted", "subscription.changed"];

const tells = ({ action, at, target }: TimelineEntry, start: PlanStart): boolean =>
  Math.abs(at.getTime() - start.at.getTime()) < 2 * MINUTE_MS &&
  ((beginnings.includes(action) && target === start.plan) || (action === "subscription.ended" && start.free));

/** What happened to a subscription, newest first: what people decided, what Stripe told, and plans that began by themselves. */
export function timelineOf(entries: readonly TimelineEntry[], starts: readonly PlanStart[]): TimelineEvent[] {
  const silent = starts.filter((start) => !entries.some((entry) => tells(entry, start)));
  return [
    ...entries.map(eventOf),
    ...silent.map(({ id, at, plan }) => ({ id, at, what: `From here on ${plan}`, by: null })),
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
}

const eventOf = ({ id, at, action, actor, actorKind, staff, target, detail }: TimelineEntry): TimelineEvent => ({
  id,
  at,
  what: sentences[action]?.(target ?? "the plan", detail ?? {}) ?? action,
  by: actorKind === "system" ? null : staff ? "QLP's staff" : actor,
});
