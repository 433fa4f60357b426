import { hash } from "node:crypto";
import { formatUuid } from "../platform/id.ts";

/**
 * The id of an event: a UUID v8 made of the organization and the idempotency key, so that the
 * primary key is the rule that an event is accepted once.
 */
export function eventId(organizationId: string, idempotencyKey: string): string {
  const bytes = hash("sha256", `${organizationId}/${idempotencyKey}`, "buffer");
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return formatUuid(bytes);
}

/** Sixteen bytes, in hex, that stand for the content of an event. */
export const contentHash = (content: string): string => hash("sha256", content, "hex").slice(0, 32);
