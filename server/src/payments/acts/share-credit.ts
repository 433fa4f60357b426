import type { GivenBack } from "../money-back.ts";

/**
 * Where a credit of `amountMinor` on a paid invoice goes.
 *
 * Sent back: to the card as far as it paid, then the way it was paid elsewhere, the rest to the
 * balance that had paid it. Kept: all of it becomes credit for the next invoice.
 *
 * @param left what is left of the invoice, by the ways it was paid
 * @param amountMinor no more than that
 */
export function shareCredit(left: GivenBack | null, amountMinor: bigint, refund: boolean): GivenBack {
  if (!refund || left === null) return { toCardMinor: 0n, elsewhereMinor: 0n, toBalanceMinor: amountMinor };
  const toCardMinor = least(amountMinor, left.toCardMinor);
  const elsewhereMinor = least(amountMinor - toCardMinor, left.elsewhereMinor);
  return { toCardMinor, elsewhereMinor, toBalanceMinor: amountMinor - toCardMinor - elsewhereMinor };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
