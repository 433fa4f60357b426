/** One limit on one counter: so many of `name` a minute for `owner`, an organization's or a key's id, or an address. */
export type RateLimit = { readonly owner: string; readonly name: string; readonly perMinute: number };

/** What taking one gave. */
export type Taken = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAfterSeconds: number;
  /** Null when allowed. */
  readonly retryAfterSeconds: number | null;
};

/**
 * Counts what happens within a minute of real time. Only what was allowed stays counted, so a
 * larger limit on the same counter holds at once, with what was used before it.
 */
export type RateLimits = {
  /** Takes one, if there is one left. */
  take(limit: RateLimit): Promise<Taken>;
  /** Undoes one `take` that was allowed, when what it was for did not happen. */
  giveBack(limit: RateLimit): Promise<void>;
  close(): Promise<void>;
};
