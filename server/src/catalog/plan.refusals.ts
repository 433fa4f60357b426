import { Refusal } from "../kernel/refusal.ts";

/** The prices or allowances do not fit together. */
export class InvalidCatalog extends Refusal {}
