import { describe, expect, test } from "vitest";
import { generation } from "../../test/customer.ts";
import { starter, statuses } from "../../test/starter.ts";

describe("an event that is not right is refused on its own, with words that say why", () => {
  test.each([
    { why: "no key", event: { idempotencyKey: "" }, words: /idempotencyKey must not be empty/ },
    { why: "a blank key", event: { idempotencyKey: "  " }, words: /idempotencyKey must not be empty/ },
    { why: "a long key", event: { idempotencyKey: "k".repeat(256) }, words: /255 characters/ },
    {
      why: "a long key whose end would be cut in the middle of a character",
      event: { idempotencyKey: `${"k".repeat(254)}😀` },
      words: /255 characters/,
    },
    { why: "no complexity", event: { complexity: null }, words: /needs its complexity/ },
    { why: "bytes of a generation", event: { storageBytes: "5" }, words: /storageBytes belongs to STORAGE/ },
    { why: "no bytes of a level", event: { action: "STORAGE" }, words: /STORAGE needs storageBytes/ },
    {
      why: "a level below zero",
      event: { action: "STORAGE", storageBytes: "-1" },
      words: /storageBytes must be from 0/,
    },
    {
      why: "a level past 64 bits",
      event: { action: "STORAGE", storageBytes: "9999999999999999999" },
      words: /storageBytes must be from 0/,
    },
    {
      why: "a part of a call",
      event: { action: "API_CALL", quantity: "0.5" },
      words: /quantity must be a whole number/,
    },
    { why: "no calls", event: { action: "API_CALL", quantity: "0" }, words: /quantity must be from 1/ },
    {
      why: "more calls than anybody makes",
      event: { action: "API_CALL", quantity: "9".repeat(30) },
      words: /quantity must be from 1 to/,
    },
    { why: "two generations", event: { quantity: "2" }, words: /quantity belongs to API_CALL/ },
    { why: "negative compute time", event: { computeTimeMs: -1 }, words: /computeTimeMs must be zero or more/ },
    {
      why: "compute time of calls",
      event: { action: "API_CALL", complexity: null, computeTimeMs: 5 },
      words: /computeTimeMs belongs to/,
    },
    { why: "negative tokens", event: { tokensUsed: -5 }, words: /tokensUsed must be zero or more/ },
    { why: "a failed export", event: { action: "EXPORT", failed: true }, words: /failed belongs to GENERATION/ },
    { why: "an empty model", event: { model: "" }, words: /model must have from 1/ },
    { why: "a long user", event: { userId: "u".repeat(201) }, words: /userId must have/ },
    { why: "a long project", event: { projectId: "p".repeat(201) }, words: /projectId must have/ },
    { why: "a negative cost", event: { cost: "-1" }, words: /cost must be from 0/ },
    { why: "too fine a cost", event: { cost: "0.000000000001" }, words: /at most 11 places/ },
    { why: "metadata that is a list", event: { metadata: [] }, words: /metadata must be a JSON object/ },
    { why: "metadata that is a number", event: { metadata: 5 }, words: /metadata must be a JSON object/ },
    { why: "long metadata", event: { metadata: { text: "x".repeat(8_200) } }, words: /metadata may have 8192/ },
    { why: "an instant too long ago", event: { occurredAt: "2025-01-01T00:00:00Z" }, words: /more than 35 days ago/ },
  ])("$why", async ({ event, words }) => {
    const { customer } = await starter();
    const wrong = generation(event);
    const outcomes = await customer.record([generation(), wrong, generation()]);
    expect(statuses(outcomes)).toEqual(["ACCEPTED", "REJECTED", "ACCEPTED"]);
    expect(outcomes[1]).toMatchObject({
      idempotencyKey: wrong.idempotencyKey,
      reason: expect.stringMatching(words),
      event: null,
    });
    expect(await customer.events()).toHaveLength(2);
    expect((await customer.usage()).meters.generations.quantity).toBe("2");

    const { organization } = await customer.owner.get(
      `{ organization { rejectedUsage { nodes { idempotencyKey status reason keyPrefix } } } }`,
    );
    expect(organization.rejectedUsage.nodes).toEqual([
      {
        idempotencyKey: expect.stringContaining(wrong.idempotencyKey.slice(0, 250)),
        status: "REJECTED",
        reason: outcomes[1]!.reason,
        keyPrefix: expect.stringMatching(/^qlp_/),
      },
    ]);
  });

  test("its key may be used again", async () => {
    const { customer } = await starter();
    const wrong = generation({ complexity: null });
    expect(statuses(await customer.record([wrong, wrong]))).toEqual(["REJECTED", "REJECTED"]);
    expect(statuses(await customer.record([{ ...wrong, complexity: "T2" }]))).toEqual(["ACCEPTED"]);
  });

  test("the counts of the call say what became of it", async () => {
    const { customer } = await starter();
    const one = generation();
    const { data } = await customer.send([
      one,
      one,
      { ...one, complexity: "T3" },
      generation({ complexity: null }),
      generation(),
    ]);
    expect(data.recordUsage).toMatchObject({ accepted: 2, duplicates: 1, rejected: 2 });
  });
});
