import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { systemClock } from "../kernel/clock.ts";
import { hashPassword } from "../platform/crypto/password-hash.ts";
import { sqlIn } from "../platform/database/sql.ts";

/** Gives a user a password that was found strong enough, in a transaction of the platform. */
export async function setPassword(em: SqlEntityManager, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  await sqlIn(em)(
    `insert into passwords (user_id, hash, changed_at) values ($1, $2, $3)
     on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`,
    [userId, hash, systemClock()],
  );
}
