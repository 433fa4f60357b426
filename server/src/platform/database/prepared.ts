import type { PoolClient } from "pg";
import { inOnePacket } from "./one-packet.ts";
import type { Sql } from "./sql.ts";

/** So many texts are prepared for each role; there are far fewer in the sources. */
const MOST_NAMES = 1_000;

const names = new Map<string, string>();

/** A plan goes by how large tables were when it was made; one of an empty table reads all of it when it is not empty any more. */
const PLANS_LAST_MS = 3_000;

const plannedAt = new WeakMap<PoolClient, number>();

/**
 * Statements that each connection plans once for a while: planning the hot ones anew costs more than
 * running them. Each role has plans of its own, since row-level security is a part of them.
 */
export const preparedOn =
  (client: PoolClient, role: string): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    inOnePacket(client);
    forgetOldPlans(client);
    const { rows } = await client.query<Row>({ name: nameOf(role, text), text, values: [...values] });
    return rows;
  };

function forgetOldPlans(client: PoolClient): void {
  const now = performance.now();
  const since = plannedAt.get(client) ?? 0;
  if (now - since < PLANS_LAST_MS) return;
  plannedAt.set(client, now);
  // It travels in front of the statement, which fails when it does.
  client.query("DISCARD PLANS").catch(() => undefined);
}

/** @returns nothing for the texts that are too many, which are planned each time */
function nameOf(role: string, text: string): string | undefined {
  const key = `${role} ${text}`;
  const known = names.get(key);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `known-${names.size}`;
  names.set(key, name);
  return name;
}
