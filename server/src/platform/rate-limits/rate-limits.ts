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

/** How a shared counter stood when it answered. */
export type Standing = {
  readonly taken: number;
  readonly leftMs: number;
  /** By the clock of where the counter lies, in ms. It is the span's name: the counter keeps it while it is not lost. */
  readonly spanEndsAt: number;
};

/** Counters that several processes share. */
export type SharedCounters = {
  take(limit: RateLimit): Promise<Taken & { readonly standing: Standing }>;
  /** The counter is at nothing again; its span goes on. */
  forget(limit: RateLimit): Promise<void>;
};

/** This process's own counters, which can go on from how shared ones stood. */
export type LocalCounters = Counters & {
  /**
   * Sets a counter to how the shared one stands, unless it is told of another span before the one it
   * knows is over. @returns false then: the shared counter was lost
   */
  goOnFrom(limit: RateLimit, standing: Standing): boolean;
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
