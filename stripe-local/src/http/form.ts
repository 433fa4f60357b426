import qs from "qs";

/**
 * Decodes a form, or a query, with Stripe's brackets: `items[0][price]=price_1`. All values are strings.
 *
 * Lists may come with numbers or with empty brackets; of a name that comes twice the last one counts.
 */
export const decodeForm = (text: string): Record<string, unknown> =>
  qs.parse(text, {
    depth: 20,
    arrayLimit: 10_000,
    parameterLimit: 100_000,
    duplicates: "last",
    plainObjects: true,
    strictDepth: false,
  });
