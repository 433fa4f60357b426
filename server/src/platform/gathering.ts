/** In place of an answer: this owner's asks need a round of their own, since somebody holds what they need just now. */
export const alone = Symbol("alone");

/** How a gathering answers. */
type Rules<Ask, Answer> = {
  /**
   * Answers all of them at once, in the order they came. Nothing of it stands when it throws. In a
   * lane it must not wait for what somebody holds, not even for a single owner: others wait behind it.
   */
  readonly answer: (asks: readonly Ask[], inLane: boolean) => Promise<readonly (Answer | typeof alone)[]>;
  /** Whose ask it is: two rounds at once never hold asks of the same one, who would wait for themselves. */
  readonly ownerOf: (ask: Ask) => string;
  /** Rounds at once. */
  readonly lanes: number;
  /** Asks of one round at most. */
  readonly most: number;
};

type Waiting<Ask, Answer> = {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Answers callers together that come while others are being answered.
 *
 * A transaction costs the same for one caller as for many, most of it the wait until it is durable.
 * So callers queue up while a round is under way, and the next round takes all that wait: an idle
 * server answers each at once, a busy one answers hundreds with one commit. The price is that a
 * round that fails fails all its callers; each owner's are then tried once more by themselves, so
 * that one whose data is broken or locked takes nobody along.
 */
export class Gathering<Ask, Answer> {
  readonly #rules: Rules<Ask, Answer>;
  #waiting: Waiting<Ask, Answer>[] = [];
  readonly #busy = new Set<string>();
  #rounds = 0;
  #due = false;

  constructor(rules: Rules<Ask, Answer>) {
    this.#rules = rules;
  }

  /** Joins the next round. */
  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      this.#soon();
    });
  }

  /** After what the event loop holds just now, so that callers who came together are one round. */
  #soon(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#rounds < this.#rules.lanes) {
      const round = this.#take();
      if (round.length === 0) return;
      void this.#run(round);
    }
  }

  #take(): Waiting<Ask, Answer>[] {
    const taken: Waiting<Ask, Answer>[] = [];
    const left: Waiting<Ask, Answer>[] = [];
    for (const one of this.#waiting) {
      const free = taken.length < this.#rules.most && !this.#busy.has(this.#rules.ownerOf(one.ask));
      (free ? taken : left).push(one);
    }
    this.#waiting = left;
    return taken;
  }

  async #run(round: readonly Waiting<Ask, Answer>[]): Promise<void> {
    const owners = new Set(round.map(({ ask }) => this.#rules.ownerOf(ask)));
    for (const owner of owners) this.#busy.add(owner);
    this.#rounds += 1;
    const left = await this.#answer(round, true, owners.size > 1);
    this.#rounds -= 1;
    const again = new Set(left.map(({ ask }) => this.#rules.ownerOf(ask)));
    for (const owner of owners) if (!again.has(owner)) this.#busy.delete(owner);
    // Beside the lanes: whoever waits for a lock holds up only their own.
    for (const owner of again) void this.#alone(left, owner);
    if (this.#waiting.length > 0) this.#soon();
  }

  async #alone(left: readonly Waiting<Ask, Answer>[], owner: string): Promise<void> {
    await this.#answer(
      left.filter(({ ask }) => this.#rules.ownerOf(ask) === owner),
      false,
      false,
    );
    this.#busy.delete(owner);
    if (this.#waiting.length > 0) this.#soon();
  }

  /** @returns those to be answered in a round of their owner's own, when there is one to come */
  async #answer(
    round: readonly Waiting<Ask, Answer>[],
    inLane: boolean,
    mayFail: boolean,
  ): Promise<Waiting<Ask, Answer>[]> {
    try {
      const answers = await this.#rules.answer(
        round.map(({ ask }) => ask),
        inLane,
      );
      const left: Waiting<Ask, Answer>[] = [];
      for (const [index, one] of round.entries()) {
        const answer = answers[index];
        if (answer !== undefined && answer !== alone) one.resolve(answer);
        else if (answer === alone && inLane) left.push(one);
        else one.reject(new Error("a round left out one of its asks"));
      }
      return left;
    } catch (error) {
      if (mayFail) return [...round];
      for (const { reject } of round) reject(error);
      return [];
    }
  }
}
