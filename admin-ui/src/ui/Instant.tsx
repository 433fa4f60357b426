import { useRealTick, useTick } from "../lib/clock";
import { formatDay, formatExactInstant, formatInstant, formatRelative, type Zone } from "../lib/instant";
import { usePreferences } from "../lib/preferences";

type Props = {
  readonly at: string;
  /** `relative` reads "3 minutes ago" up to 7 days; `day` and `instant` are dates; `exact` has seconds. */
  readonly as?: "relative" | "day" | "instant" | "exact";
  /** Billing and quotas are in UTC; activity follows the viewer's choice. */
  readonly zone?: Zone;
  /** Log-ins, keys and invitations run on the real time, all else on the product's. */
  readonly real?: boolean;
};

/** An instant; both zones are in its title. */
export function Instant({ at, as = "instant", zone, real = false }: Props) {
  const { zone: chosen } = usePreferences();
  const everyMs = as === "relative" ? 20_000 : 3_600_000;
  const product = useTick(everyMs);
  const wall = useRealTick(everyMs);
  return (
    <time dateTime={at} title={`${formatExactInstant(at, "UTC")} / ${formatExactInstant(at, "local")} local`}>
      {textOf(at, as, zone ?? chosen, real ? wall : product)}
    </time>
  );
}

function textOf(at: string, as: NonNullable<Props["as"]>, zone: Zone, now: number): string {
  switch (as) {
    case "relative":
      return formatRelative(at, now) ?? formatDay(at, zone);
    case "day":
      return formatDay(at, zone);
    case "exact":
      return formatExactInstant(at, zone);
    case "instant":
      return formatInstant(at, zone);
  }
}
