import { expect, test } from "vitest";
import { alone, Gathering } from "./gathering.ts";

type Ask = { readonly owner: string; readonly number: number };

/** A gathering that notes its rounds; each waits until it is let go. */
function gathering(answer: (round: readonly Ask[]) => string[], most = 100) {
  const rounds: (readonly Ask[])[] = [];
  let letGo = (): void => undefined;
  let gate: Promise<void> = Promise.resolve();
  const gathered = new Gathering<Ask, string>({
    answer: async (asks) => {
      rounds.push(asks);
      await gate;
      return answer(asks);
    },
    ownerOf: ({ owner }) => owner,
    lanes: 1,
    most,
  });
  const close = (): void => {
    gate = new Promise((resolve) => {
      letGo = resolve;
    });
  };
  return { gathered, rounds, close, open: () => letGo() };
}

const words = (asks: readonly Ask[]): string[] => asks.map(({ owner, number }) => `${owner}${number}`);
const asksOf = (...owners: string[]): Ask[] => owners.map((owner, number) => ({ owner, number }));

test("those who come together are one round, and each gets their own answer", async () => {
  const { gathered, rounds } = gathering(words);
  const answers = await Promise.all(asksOf("a", "b", "a").map((ask) => gathered.ask(ask)));
  expect(answers).toEqual(["a0", "b1", "a2"]);
  expect(rounds).toHaveLength(1);
});

test("those who come while a round is under way are the next one, in their order", async () => {
  const { gathered, rounds, close, open } = gathering(words);
  close();
  const first = gathered.ask({ owner: "a", number: 0 });
  await expect.poll(() => rounds.length).toBe(1);
  const later = asksOf("b", "a", "c").map((ask) => gathered.ask(ask));
  open();
  expect(await Promise.all([first, ...later])).toEqual(["a0", "b0", "a1", "c2"]);
  expect(rounds.map(words)).toEqual([["a0"], ["b0", "a1", "c2"]]);
});

test("a round takes no more than it may; the others follow", async () => {
  const { gathered, rounds } = gathering(words, 2);
  await Promise.all(asksOf("a", "b", "c", "d", "e").map((ask) => gathered.ask(ask)));
  expect(rounds.map((round) => round.length)).toEqual([2, 2, 1]);
});

test("one whose asks break a round takes nobody along", async () => {
  const { gathered } = gathering((round) => {
    if (round.some(({ owner }) => owner === "broken")) throw new Error("broken data");
    return words(round);
  });
  const [fine, broken] = asksOf("fine", "broken").map((ask) => gathered.ask(ask));
  await expect(broken).rejects.toThrow("broken data");
  expect(await fine).toBe("fine0");
});

test("who is locked is answered by themselves, and those who are not go on meanwhile", async () => {
  let unlock = (): void => undefined;
  const unlocked = new Promise<void>((resolve) => {
    unlock = resolve;
  });
  const gathered = new Gathering<Ask, string>({
    answer: async (round) => {
      if (round.length > 1) return round.map((ask) => (ask.owner === "locked" ? alone : `${ask.owner}${ask.number}`));
      if (round[0]?.owner === "locked") await unlocked;
      return words(round);
    },
    ownerOf: ({ owner }) => owner,
    lanes: 1,
    most: 100,
  });
  const [locked, free] = asksOf("locked", "free").map((ask) => gathered.ask(ask));
  expect(await free).toBe("free1");
  expect(await gathered.ask({ owner: "free", number: 2 })).toBe("free2");
  unlock();
  expect(await locked).toBe("locked0");
});

test("one who must wait does so beside the lanes, also when nobody else has come", async () => {
  const stuck = Promise.withResolvers<string[]>();
  const rounds: boolean[] = [];
  const gathered = new Gathering<Ask, string>({
    answer: async (asks, inLane) => {
      rounds.push(inLane);
      if (!asks.some(({ owner }) => owner === "locked")) return words(asks);
      return inLane ? asks.map(() => alone) : stuck.promise;
    },
    ownerOf: ({ owner }) => owner,
    lanes: 1,
    most: 100,
  });
  const waiting = gathered.ask({ owner: "locked", number: 0 });
  await expect.poll(() => rounds).toEqual([true, false]);
  expect(await gathered.ask({ owner: "free", number: 1 })).toBe("free1");
  stuck.resolve(["locked0"]);
  expect(await waiting).toBe("locked0");
});
