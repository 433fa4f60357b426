import DataLoader from "dataloader";
import { arrayOf } from "../platform/database/row.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { perRequest } from "../platform/graphql/context.ts";

/** How many subscriptions keep each plan version. */
export const subscriberCountLoader = perRequest(
  ({ em }) =>
    new DataLoader(async (versionIds: readonly string[]) => {
      const rows = await sqlIn(em)<{ id: string; count: number }>(
        "select plan_version_id as id, count(*)::int as count from subscriptions where plan_version_id = any($1::uuid[]) group by plan_version_id",
        [arrayOf(versionIds)],
      );
      const counts = new Map(rows.map(({ id, count }) => [id, count]));
      return versionIds.map((id) => counts.get(id) ?? 0);
    }),
);
