import { shareOf } from "../../lib/decimal";
import { formatDecimal } from "../../lib/quantity";
import { FEATURES } from "./plan-words";

export type RightFigures = {
  readonly key: string;
  readonly enabled: boolean;
  readonly limit: string | null;
  readonly value: string | null;
  /** As it was reported last; null: never. */
  readonly used: string | null;
  readonly remaining: string | null;
};

export type RightWords =
  | { readonly kind: "switch"; readonly on: boolean }
  | { readonly kind: "choice"; readonly text: string }
  | {
      readonly kind: "limit";
      readonly text: string;
      readonly note: string | null;
      /** How much of the limit is in use; null where nothing is known or nothing limits. */
      readonly share: number | null;
    };

const NAMES: Readonly<Record<string, string>> = {
  active_projects: "Active projects",
  integrations: "Integrations",
  ...FEATURES,
};

/** Rights that are counted, also under a plan that sets them no limit. */
const COUNTED: ReadonlySet<string> = new Set(["active_projects"]);

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** What people call a right; one that is not known here is named by its key. */
export const rightName = (key: string): string => NAMES[key] ?? capitalized(key.replaceAll("_", " "));

/** Says what a right grants: yes or no, a choice, or a limit with how much of it is in use. */
export function rightWords({ key, enabled, limit, value, used, remaining }: RightFigures): RightWords {
  const isCounted = limit !== null || used !== null || COUNTED.has(key);
  if (!enabled || (value === null && !isCounted)) return { kind: "switch", on: enabled };
  if (value !== null) return { kind: "choice", text: capitalized(value) };
  if (limit === null) {
    const text = used === null ? "Unlimited" : `Unlimited, ${formatDecimal(used)} in use`;
    return { kind: "limit", text, note: null, share: null };
  }
  if (used === null)
    return {
      kind: "limit",
      text: `Up to ${formatDecimal(limit)}`,
      note: "How many are in use was never reported.",
      share: null,
    };
  const left = remaining === null || remaining === "0" ? "None left." : `${formatDecimal(remaining)} left.`;
  return {
    kind: "limit",
    text: `${formatDecimal(used)} of ${formatDecimal(limit)}`,
    note: left,
    share: shareOf(used, limit),
  };
}
