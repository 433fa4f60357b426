/**
 * A "no" that the person would be shown: thrown inside a use case, whose transaction rolls back,
 * and answered as a member of the mutation's result union.
 *
 * The class name is the GraphQL type name, so it must not be minified or renamed alone.
 */
export abstract class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
