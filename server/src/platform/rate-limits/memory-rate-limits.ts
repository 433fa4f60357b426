import { LRUCache } from "lru-cache";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { BoundedNames } from "./bounded-names.ts";
import { crowdedAnswers } from "./rate-limit-metrics.ts";
import { counterName, type LocalCounters, type RateLimit, type RateLimits } from "./rate-limits.ts";
import { takenFrom } from "./taken.ts";

/** What one process keeps of each name of limits: 13 MB when a flood fills it. */
const BOUNDS = { own: 20_000, shared: 1_000 };

type Kind = {
  readonly counters: RateLimiterMemory;
  readonly names: BoundedNames;
  /** Which span of the shared counter each was told of last: when that ends by the clock over there. */
  readonly spans: LRUCache<string, number>;
};

/** Counters of this process alone, never more than `bounds` of one name; each is forgotten when its span is over. */
export function createMemoryRateLimits(bounds = BOUNDS): RateLimits & LocalCounters {
  const kinds = new Map<string, Kind>();
  const kindOf = ({ name, spanSeconds }: RateLimit): Kind => {
    const known = kinds.get(name);
    if (known) return known;
    // How many are allowed is the caller's to say, so the limiter itself only counts.
    const counters = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: spanSeconds });
    const fresh = {
      counters,
      names: new BoundedNames(spanSeconds, bounds),
      spans: new LRUCache<string, number>({ max: bounds.own }),
    };
    kinds.set(name, fresh);
    return fresh;
  };
  return {
    degraded: null,
    take: async (limit) => {
      const { counters, names } = kindOf(limit);
      const own = counterName(limit);
      const name = names.under(own);
      if (name !== own) crowdedAnswers.inc();
      const undo = async (): Promise<void> => {
        const { consumedPoints } = await counters.reward(name);
        // It was forgotten in the meantime: the one that takes its place must not gain from it.
        if (consumedPoints < 0) await counters.delete(name);
      };
      const taken = takenFrom(await counters.penalty(name), limit, undo);
      if (!taken.allowed) await undo();
      return taken;
    },
    forget: async (limit) => {
      const { counters, names } = kindOf(limit);
      const name = counterName(limit);
      if (names.forget(name)) await counters.delete(name);
    },
    goOnFrom: (limit, { taken, leftMs, spanEndsAt }) => {
      const { counters, names, spans } = kindOf(limit);
      const name = counterName(limit);
      // One of many strangers: who shares its counter must not be set back by it.
      if (names.under(name) !== name) return true;
      const [known, now] = [spans.get(name), spanEndsAt - leftMs];
      if (known !== undefined && known !== spanEndsAt && known > now) return false;
      spans.set(name, spanEndsAt);
      void counters.set(name, taken, leftMs / 1_000);
      return true;
    },
    close: () => Promise.resolve(),
  };
}
