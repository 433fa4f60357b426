import { badCursor, type Connection, decodeCursor, encodeCursor, pageOf, pageSize } from "../graphql/connection.ts";
import { isUuid } from "../id.ts";
import type { Scope } from "../scope.ts";
import { Mail } from "./mail.entity.ts";

/** A page of the outbox, newest first. Ids are ordered by when they were made. */
export async function listMails({ em }: Scope, first: number | null, after: string | null): Promise<Connection<Mail>> {
  const size = pageSize(first);
  const [before] = decodeCursor(after, 1) ?? [];
  if (before !== undefined && !isUuid(before)) throw badCursor();
  const mails = await em.find(Mail, before === undefined ? {} : { id: { $lt: before } }, {
    orderBy: { id: "desc" },
    limit: size + 1,
  });
  return pageOf(mails, size, after, ({ id }) => encodeCursor([id]));
}

const LINK_TOKEN = /(\/invitations\/|[?&]token=)[\w.-]+/g;

/**
 * A mail's text as a viewer may read it. Its links let whoever opens them act as the person it was
 * sent to, so only those who run the platform see them whole, and only while the mail waits here.
 */
export function readableText(
  { text, sentAt }: Pick<Mail, "text" | "sentAt">,
  { viewer }: Pick<Scope, "viewer">,
): string {
  if (sentAt == null && viewer?.permissions.has("staff:platform")) return text;
  return text.replaceAll(LINK_TOKEN, "$1…");
}
