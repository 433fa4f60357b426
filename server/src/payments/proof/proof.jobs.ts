import { isUuid } from "../../platform/id.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { repairEvents } from "./repair-events.ts";
import { RUN_PROOF_JOB, runProof } from "./run-proof.ts";
import { watchTraffic } from "./watch-traffic.ts";

/** Proves everything each night at 03:17 UTC, and when staff ask. */
export const runProofJob: Job = {
  name: RUN_PROOF_JOB,
  cron: "17 3 * * *",
  run: async (platform, payload) => {
    await platform.refreshClock?.();
    await runProof(platform, reportIn(payload));
  },
};

/** Finds missed events each hour, and what hangs on its way. */
export const repairEventsJob: Job = {
  name: "payments.repair-events",
  cron: "7 * * * *",
  run: async (platform) => {
    await platform.refreshClock?.();
    await repairEvents(platform);
    await watchTraffic(platform);
  },
};

function reportIn(payload: unknown): string | null {
  if (typeof payload !== "object" || payload === null || !("reportId" in payload)) return null;
  return typeof payload.reportId === "string" && isUuid(payload.reportId) ? payload.reportId : null;
}
