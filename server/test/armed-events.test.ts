import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Armed, RECORD, startArmed } from "./armed.ts";

let armed: Armed;
beforeAll(async () => {
  armed = await startArmed();
});
const send: Armed["send"] = (sent) => armed.send(sent);

test(
  "whatever JSON is reported as an event, it is accepted or refused, and never a fault of ours",
  { timeout: 60_000 },
  async () => {
    const wild = fc.anything({
      withNullPrototype: false,
      maxDepth: 2,
      withBigInt: false,
      withDate: false,
      withMap: false,
      withSet: false,
      withSparseArray: false,
      withTypedArray: false,
    });
    const event = fc.record(
      {
        idempotencyKey: fc.oneof({ weight: 8, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) }, wild),
        action: fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom("GENERATION", "VALIDATION", "EXPORT", "API_CALL", "STORAGE") },
          wild,
        ),
        complexity: fc.oneof({ weight: 8, arbitrary: fc.constantFrom("T0", "T3", null) }, wild),
        model: fc.oneof(fc.string({ unit: "binary" }), fc.constant(null), wild),
        quantity: fc.oneof(
          fc.bigInt({ min: -5n, max: 10n ** 31n }).map(String),
          fc.constant("1"),
          fc.constant(null),
          wild,
        ),
        computeTimeMs: fc.oneof(fc.integer(), fc.constant(null), wild),
        tokensUsed: fc.oneof(fc.integer(), fc.constant(null)),
        storageBytes: fc.oneof(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }).map(String), fc.constant(null)),
        cost: fc.oneof(fc.double().map(String), fc.constant("0.02"), fc.constant(null)),
        occurredAt: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          fc.constant(null),
        ),
        userId: fc.option(fc.string({ unit: "binary" })),
        projectId: fc.option(fc.string()),
        failed: fc.option(fc.boolean()),
        metadata: fc.oneof(fc.jsonValue(), fc.object({ maxDepth: 3 }), fc.constant(null)),
      },
      { requiredKeys: ["idempotencyKey", "action"] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 4 }), async (events) => {
        const payload = JSON.stringify({ query: RECORD, variables: { input: { events } } }, (_key, value: unknown) =>
          typeof value === "bigint" ? value.toString() : value,
        );
        const response = await send({ payload });
        const { data, errors } = response.json();
        const codes = (errors ?? []).map(({ extensions }: { extensions: { code: string } }) => extensions.code);
        expect(codes.filter((code: string) => code !== "BAD_USER_INPUT")).toEqual([]);
        expect(response.statusCode).toBeLessThan(500);
        const outcomes: { status: string; reason: string | null }[] = data?.recordUsage?.outcomes ?? [];
        expect(outcomes.filter(({ status, reason }) => status === "REJECTED" && !reason)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  },
);
