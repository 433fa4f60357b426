import { isUuid } from "../../platform/id.ts";
import type { Job } from "../../platform/jobs/worker.ts";
import { RUN_PROOF_JOB, runProof } from "./run-proof.ts";

/** Proves everything each night at 03:17 UTC, and when staff ask. */
export const runProofJob: Job = {
  name: RUN_PROOF_JOB,
  cron: "17 3 * * *",
  run: async (platform, payload) => {
    await platform.refreshClock?.();
    await runProof(platform, reportIn(payload));
  },
};

function reportIn(payload: unknown): string | null {
  if (typeof payload !== "object" || payload === null || !("reportId" in payload)) return null;
  return typeof payload.reportId === "string" && isUuid(payload.reportId) ? payload.reportId : null;
}
