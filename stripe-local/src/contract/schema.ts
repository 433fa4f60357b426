/** A schema of the contract, as far as the stand-in reads it. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly enum?: readonly (string | boolean)[];
  readonly format?: string;
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  /** An object of which the contract only knows that it has an `id` and an `object`. */
  readonly "x-opaque"?: boolean;
  /** Parameters that Stripe knows here and the stand-in does not serve. */
  readonly "x-not-served"?: readonly string[];
};

export type Operation = { readonly params: Schema | null; readonly answer: Schema };

/** What is kept of Stripe's API description: see contract/trim.ts. */
export type Contract = {
  readonly apiVersion: string;
  readonly derivedFrom: string;
  /** By method and path, for instance "POST /v1/customers/{id}". */
  readonly operations: Readonly<Record<string, Operation>>;
  /** The schemas of the object that each type of event carries. */
  readonly eventObjects: Readonly<Record<string, readonly string[]>>;
  readonly schemas: Readonly<Record<string, Schema>>;
};
