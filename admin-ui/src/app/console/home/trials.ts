const WITHIN_MS = 7 * 86_400_000;

type Trial = { readonly subscription: { readonly trialEndsAt: string | null } };

/** Trials that end within 7 days, the nearest end first. */
export const endingSoon = <T extends Trial>(trials: readonly T[], now: number): readonly (T & { endsAt: string })[] =>
  trials
    .flatMap((trial) => {
      const endsAt = trial.subscription.trialEndsAt;
      const isSoon = endsAt !== null && Date.parse(endsAt) - now <= WITHIN_MS;
      return isSoon ? [{ ...trial, endsAt }] : [];
    })
    .toSorted((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt));
