import { Refusal } from "../../kernel/refusal.ts";

type Kind<R extends Refusal> = abstract new (...args: never[]) => R;
type Answer<R> = R extends Refusal ? Omit<R, keyof Error> & { readonly message: string } : never;

/**
 * Runs `work`. A refusal of an `expected` kind becomes the answer, as a plain object: graphql-js
 * treats a returned Error as a thrown one. Anything else keeps flying and is masked at the edge.
 */
export async function answering<T, const Kinds extends readonly Kind<Refusal>[]>(
  expected: Kinds,
  work: () => Promise<T>,
): Promise<T | Answer<InstanceType<Kinds[number]>>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || !expected.some((kind) => error instanceof kind)) throw error;
    const { name, message, ...detail } = Object.assign({ name: error.name, message: error.message }, error);
    return { __typename: name, message, ...detail } as unknown as Answer<InstanceType<Kinds[number]>>;
  }
}

/** Names the type of a union's member: `__typename` of a refusal, else what the union says success is. */
export const byName =
  (success: string) =>
  (value: unknown): string =>
    typeof value === "object" && value !== null && "__typename" in value && typeof value.__typename === "string"
      ? value.__typename
      : success;
