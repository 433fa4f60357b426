import { randomFillSync } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID in lower case, which is the only spelling that the product hands out. */
export const isUuid = (text: string): boolean => UUID.test(text);

let lastMs = 0;
let sequence = 0;

/** Randomness for many ids at once: each call for some costs more than the rest of an id. */
const randomness = Buffer.alloc(16 * 256);
let used = randomness.length;

function randomBytes16(): Buffer {
  if (used === randomness.length) {
    randomFillSync(randomness);
    used = 0;
  }
  used += 16;
  return randomness.subarray(used - 16, used);
}

/**
 * A UUID v7: ordered by the time it was made, and within a millisecond by order of making.
 *
 * @see RFC 9562, section 5.7 and method 1 of section 6.2
 */
export function newId(): string {
  const bytes = randomBytes16();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = bytes.readUInt16BE(6) & 0x3ff;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return formatUuid(bytes);
}

/** Sixteen bytes in the usual spelling. */
export function formatUuid(bytes: Buffer): string {
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
