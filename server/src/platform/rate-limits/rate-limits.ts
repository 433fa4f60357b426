/** One limit on one counter. */
export type RateLimit = {
  /**
   * Whose: an organization's id, or what stands for a stranger, such as an address. The counters of
   * one owner lie together, so that a cluster answers for them from one node.
   */
  readonly owner: string;
  /** What is counted, in a word of ours; every limit of one name has the same span. */
  readonly name: string;
  /** Which of the owner's, where each has a counter of its own, such as the id of a key. */
  readonly part?: string;
  /** How many within a span. */
  readonly most: number;
  /** From the first one that is counted; then the counter starts anew. Real time, whole seconds. */
  readonly spanSeconds: number;
};

/** What taking one gave. */
export type Taken = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAfterSeconds: number;
  /** Null when allowed. */
  readonly retryAfterSeconds: number | null;
  /**
   * Undoes this, when what it was for did not happen. Does nothing when it was refused or its span is
   * over. Never rejects: when the counter cannot be reached, it stays counted until the span ends.
   */
  readonly giveBack: () => Promise<void>;
};

/** Counts, by real time. Only what was allowed stays counted, so a larger limit on the same counter holds at once. */
export type Counters = {
  /** Takes one, if there is one left: looking and counting are one step, however many ask at once. */
  take(limit: RateLimit): Promise<Taken>;
  /** The counter starts anew. */
  forget(limit: RateLimit): Promise<void>;
};

/** Counters that always answer, and say when it is not as they should. */
export type RateLimits = Counters & {
  /** Why this process counts by itself although it should share with others; null while all is well. */
  readonly degraded: string | null;
  close(): Promise<void>;
};

/** How a counter is called. The braces are a cluster's hash tag: they decide which node has it. */
export const counterName = ({ owner, name, part }: RateLimit): string =>
  part === undefined ? `{${owner}}:${name}` : `{${owner}}:${name}:${part}`;
