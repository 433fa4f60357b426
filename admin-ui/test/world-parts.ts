/** The period that runs, around the world's now. */
export type Span = { readonly now: Date; readonly start: Date; readonly end: Date };

export type PageArgs = { first?: number; after?: string | null };
export type Input<T> = { input: T };

export const ID = (number: number) => `00000000-0000-7000-9000-${number.toString().padStart(12, "0")}`;

export const find = <T extends { id: unknown }>(all: readonly T[], id: string): T => {
  const found = all.find((each) => each.id === id);
  if (!found) throw new Error(`nothing has the id ${id}`);
  return found;
};
