import { z } from "zod";
import { inPlatformTransaction } from "../platform/database/tenant-transaction.ts";
import type { Job } from "../platform/jobs/job.ts";
import { SEND_RESET_LINK, sendResetLink } from "./request-password-reset.ts";

const resetPayload = z.object({ resetId: z.uuid(), email: z.string() });

export const sendResetLinkJob: Job = {
  name: SEND_RESET_LINK,
  run: (platform, given) => sendResetLink(platform, resetPayload.parse(given)),
};

/** Sessions and reset links that ended a month ago tell nobody anything any more. */
export const forgetEndedJob: Job = {
  name: "session.forgetEnded",
  cron: "17 3 * * *",
  run: async ({ pool }) => {
    await inPlatformTransaction(pool, async (sql) => {
      await sql("delete from sessions where expires_at < now() - interval '30 days'");
      await sql("delete from password_resets where expires_at < now() - interval '30 days'");
    });
  },
};
