import { z } from "zod";
import type { Job } from "../jobs/job.ts";
import { SEND_MAIL } from "./mail-task.ts";
import { sendMail } from "./send-mail.ts";

const payload = z.object({ mailId: z.uuid() });

export const sendMailJob: Job = {
  name: SEND_MAIL,
  run: (platform, given) => sendMail(platform, payload.parse(given).mailId),
};
