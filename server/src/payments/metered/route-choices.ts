import type { UsageRoute } from "../../invoices/charge.entity.ts";
import { arrayOf, instant } from "../../platform/database/row.ts";
import type { Sql } from "../../platform/database/sql.ts";
import type { MeterCode } from "../../rating/meter.ts";

/** A choice holds for the periods that begin at it or later, until the next one of its meter. */
export type RouteChoice = { readonly meter: MeterCode; readonly route: UsageRoute; readonly chosenAt: Date };

/** The choices of each of these organizations, oldest first. */
export async function choicesOf(sql: Sql, organizationIds: readonly string[]): Promise<Map<string, RouteChoice[]>> {
  const rows = await sql<{ organization_id: string; meter: MeterCode; route: UsageRoute; chosen_at: unknown }>(
    `select organization_id, meter, route, chosen_at from meter_routes
     where organization_id = any($1::uuid[]) order by organization_id, chosen_at`,
    [arrayOf(organizationIds)],
  );
  const choices = new Map<string, RouteChoice[]>(organizationIds.map((id) => [id, []]));
  for (const { organization_id, meter, route, chosen_at } of rows)
    choices.get(organization_id)?.push({ meter, route, chosenAt: instant(chosen_at) });
  return choices;
}

/** The last choice of a meter; null when there was none. */
export const lastChoice = (choices: readonly RouteChoice[], meter: MeterCode): RouteChoice | null =>
  choices.findLast((choice) => choice.meter === meter) ?? null;

/** How a meter's usage goes in a period that begins at `start`. */
export const routeFrom = (choices: readonly RouteChoice[], meter: MeterCode, start: Date): UsageRoute =>
  choices.findLast((choice) => choice.meter === meter && choice.chosenAt.getTime() <= start.getTime())?.route ??
  "invoice_item";

/** How it will go in the next period. */
export const nextRoute = (choices: readonly RouteChoice[], meter: MeterCode): UsageRoute =>
  lastChoice(choices, meter)?.route ?? "invoice_item";
