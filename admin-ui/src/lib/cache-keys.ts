/**
 * What identifies an object of a type in the cache, where it is not `id`. Every selection of such a type, and `id` of
 * every other type that has one, must be asked for: `test/documents.test.ts` says so.
 */
export const cacheKeys: Readonly<Record<string, readonly string[]>> = {
  Plan: ["code", "version"],
  Alarm: ["key"],
};

/** Types without a key of their own whose parts are asked for by different components of one page. */
export const mergedTypes: readonly string[] = ["InvoicePreview", "UsageSummary", "BillingHealth", "Spending"];
