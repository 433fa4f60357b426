import { allow } from "graphql-shield";
import type { Feature } from "../feature.ts";
import { may } from "../graphql/may.ts";
import { MailSchema } from "./mail.entity.ts";
import { sendMailJob } from "./mail.job.ts";
import { MailResolver } from "./mail.resolver.ts";

/** The outbox of e-mails. */
export const feature: Feature = {
  entities: [MailSchema],
  resolvers: [MailResolver],
  permissions: { Query: { mails: may("staff:read") }, Mail: allow, MailConnection: allow },
  jobs: [sendMailJob],
};
