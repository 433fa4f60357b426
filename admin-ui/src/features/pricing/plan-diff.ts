import { formatAmount } from "../../lib/money";
import { parseDecimal } from "../../lib/decimal";
import { formatDecimal, meterName } from "../../lib/quantity";
import type { MeterDraft, PlanDraft } from "./plan-draft";
import { allowanceWords, entitlementLabel, entitlementWords, LIMIT_KINDS, supportWords } from "./plan-terms-words";
import { priceOf } from "./price-draft";
import { priceWords, wordsOfUse } from "./price-words";

export type PlanChange = {
  readonly label: string;
  /** null: was not there. */
  readonly before: string | null;
  /** null: is gone. */
  readonly after: string | null;
};

/** What differs between two versions, in words, in the order of the form. @param currency of all prices */
export function planChanges(before: PlanDraft, after: PlanDraft, currency: string): PlanChange[] {
  const [old, next] = [new Map(termsOf(before, currency)), new Map(termsOf(after, currency))];
  const labels = [...next.keys(), ...[...old.keys()].filter((label) => !next.has(label))];
  return labels
    .map((label) => ({ label, before: old.get(label) ?? null, after: next.get(label) ?? null }))
    .filter((change) => change.before !== change.after);
}

type Term = readonly [label: string, words: string];

function termsOf(draft: PlanDraft, currency: string): Term[] {
  const amount = parseDecimal(draft.monthlyPrice) ?? "0";
  return [
    ["Name", draft.name.trim()],
    ["Monthly price", `${draft.monthlyPriceIsMinimum ? "from " : ""}${formatAmount({ amount, currency })}`],
    ["Past the allowance", LIMIT_KINDS[draft.limitKind]],
    ["Support", supportWords(draft.support)],
    ...draft.meters.flatMap((meter) => meterTerms(meter, currency)),
    ...draft.entitlements.map((each): Term => {
      const limit = each.limit === "" ? null : (parseDecimal(each.limit) ?? each.limit);
      return [entitlementLabel(each.key), entitlementWords({ ...each, limit })];
    }),
    ...draft.rateLimits.map(({ action, perMinute }): Term => [
      `${meterName(action)} a minute`,
      decimalWords(perMinute),
    ]),
  ];
}

function meterTerms({ meter, unlimited, included, premiumMultiplier, prices }: MeterDraft, currency: string): Term[] {
  return [
    [`${meterName(meter)} included`, allowanceWords(meter, unlimited ? null : (parseDecimal(included) ?? "0"))],
    ...prices.map((price): Term => [`Price of ${wordsOfUse(price)}`, priceWords(priceOf(price, currency))]),
    [`Premium factor of ${meterName(meter)}`, decimalWords(premiumMultiplier)],
  ];
}

const decimalWords = (text: string): string => {
  const decimal = parseDecimal(text);
  return decimal === null ? text : formatDecimal(decimal);
};
