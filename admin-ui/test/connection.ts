/** A page of a list, by cursors that are positions. */
export function connection<T>(
  all: readonly T[],
  { first = 25, after }: { first?: number | null; after?: string | null },
) {
  const start = after ? Number(after) : 0;
  const size = first ?? 25;
  const nodes = all.slice(start, start + size);
  const end = start + nodes.length;
  return {
    nodes,
    totalCount: all.length,
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? String(start) : null,
      endCursor: nodes.length > 0 ? String(end) : null,
    },
  };
}
