import { expect, test } from "vitest";
import { type TimelineEntry, timelineOf } from "./subscription-timeline.ts";

const entry = (time: string, action: string, change: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id: time,
  at: new Date(`2026-03-${time}:00Z`),
  action,
  actor: "owner@example.com",
  actorKind: "user",
  staff: false,
  target: "Starter",
  detail: null,
  ...change,
});

test("what happened reads as sentences, newest first, with who did it", () => {
  const events = timelineOf(
    [
      entry("01T10:00", "subscription.granted", { actorKind: "system", actor: "QLP" }),
      entry("05T10:00", "downgrade.scheduled", { detail: { effectiveAt: "2026-04-01T10:00:00.000Z" } }),
      entry("06T10:00", "plan.agreed", { target: "Enterprise", staff: true, detail: { monthlyPrice: "3000.00" } }),
    ],
    [],
  );
  expect(events.map(({ what, by }) => [what, by])).toEqual([
    ["Enterprise agreed at $3000.00 a month", "QLP's staff"],
    ["Change to Starter scheduled for 2026-04-01", "owner@example.com"],
    ["Starter is paid and in force", null],
  ]);
});

test("a plan that began by itself is told, and one that was told is not told twice", () => {
  const at = (time: string): Date => new Date(`2026-03-${time}:00Z`);
  const events = timelineOf(
    [entry("01T10:00", "subscription.granted", { actorKind: "system" })],
    [
      { id: "a", at: at("01T09:58"), plan: "Free", free: true },
      { id: "b", at: at("01T09:59"), plan: "Starter", free: false },
      { id: "c", at: at("20T00:00"), plan: "Free", free: true },
    ],
  );
  expect(events.map(({ what }) => what)).toEqual([
    "From here on Free",
    "Starter is paid and in force",
    "From here on Free",
  ]);
});
