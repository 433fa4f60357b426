import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { type Sql, sqlIn } from "../database/sql.ts";
import { newId } from "../id.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { SEND_MAIL } from "./mail-task.ts";

export type NewMail = { readonly to: string; readonly subject: string; readonly text: string };

/**
 * Puts a mail into the outbox, in the transaction that causes it, and asks the worker to send it.
 *
 * Tenants may drop mails in and not look at them, so nothing of the row is read back.
 */
export async function postMail(
  within: Sql | SqlEntityManager,
  { to, subject, text }: NewMail,
  createdAt: Date,
): Promise<void> {
  const sql = typeof within === "function" ? within : sqlIn(within);
  const id = newId();
  await sql(`insert into mails (id, "to", subject, text, created_at) values ($1, $2, $3, $4, $5)`, [
    id,
    to,
    subject,
    text,
    createdAt,
  ]);
  await enqueue(sql, SEND_MAIL, { mailId: id });
}
