import { contract, flat } from "../src/contract/contract.ts";
import type { Schema } from "../src/contract/schema.ts";

const DAY = 86_400;

/** Numbers from 0 to 1 that are the same for the same seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** The ids that answers have shown so far, by kind. */
export class KnownIds {
  readonly #byKind = new Map<string, string[]>();

  note(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    const { id, object, deleted } = value as Record<string, unknown>;
    if (typeof id === "string" && typeof object === "string" && deleted === undefined) {
      const ids = this.#byKind.get(object) ?? [];
      if (!ids.includes(id)) this.#byKind.set(object, [...ids, id]);
    }
    for (const inner of Object.values(value)) this.note(inner);
  }

  of(kind: string): readonly string[] {
    return this.#byKind.get(kind) ?? [];
  }
}

/** Which kind of object a parameter names. */
const kinds: Readonly<Record<string, string>> = {
  configuration: "billing_portal.configuration",
  default_payment_method: "payment_method",
  from_subscription: "subscription",
  id: "subscription_item",
  invoice_line_item: "line_item",
  meter: "billing.meter",
  schedule: "subscription_schedule",
};

/** Which kind the objects below a path are; the rest is called as its path, without the plural. */
const kindsOfPaths: Readonly<Record<string, string>> = {
  "billing/meters": "billing.meter",
  "billing_portal/configurations": "billing_portal.configuration",
  "checkout/sessions": "checkout.session",
};

/** Makes requests that keep to the contract's types and to little else: any values, with ids of objects that exist. */
export class OddRequests {
  readonly #next: () => number;
  readonly #ids: KnownIds;

  constructor(next: () => number, ids: KnownIds) {
    this.#next = next;
    this.#ids = ids;
  }

  #pick<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.#next() * all.length)];
  }

  /** @param now unix seconds, around which the instants lie */
  make(now: number): { readonly method: string; readonly path: string; readonly params: object } {
    const [name, operation] = this.#pick(operations) ?? ["", null];
    const [method = "", pattern = ""] = name.split(" ");
    const below = pattern.slice("/v1/".length).split("/{")[0] ?? "";
    const kind = pattern.includes("customerId") ? "payment_method" : (kindsOfPaths[below] ?? below.replace(/s$/, ""));
    const path = pattern.replace("{customerId}", this.#idOf("customer")).replace("{id}", this.#idOf(kind));
    const params = operation?.params ? this.#object(flat(operation.params), "", now) : {};
    return { method, path, params };
  }

  #idOf(kind: string): string {
    return this.#pick(this.#ids.of(kind)) ?? "none";
  }

  #value(schema: Schema, name: string, now: number): unknown {
    const resolved = flat(schema);
    if (resolved.anyOf) return this.#value(this.#pick(resolved.anyOf) ?? {}, name, now);
    if (resolved.enum) return this.#pick(resolved.enum);
    switch (resolved.type) {
      case "object":
        return this.#object(resolved, name, now);
      case "array": {
        const count = 1 + Math.floor(this.#next() * 2);
        return Array.from({ length: count }, () => this.#value(resolved.items ?? {}, name, now));
      }
      case "integer":
      case "number":
        return this.#number(name, now);
      case "boolean":
        return this.#next() < 0.5;
      default:
        return this.#text(name);
    }
  }

  #object({ properties, required }: Schema, name: string, now: number): object {
    if (name === "payload") return { stripe_customer_id: this.#idOf("customer"), value: "3" };
    const wanted = Object.entries(properties ?? {}).filter(([key]) => {
      return key !== "expand" && (required?.includes(key) || this.#next() < 0.3);
    });
    return Object.fromEntries(wanted.map(([key, value]) => [key, this.#value(value, key, now)]));
  }

  #number(name: string, now: number): number {
    if (/(^|_)(at|end|start|date|anchor|timestamp|time|gte?|lte?)$/.test(name)) {
      return now + Math.floor((this.#next() - 0.3) * 60 * DAY);
    }
    if (name === "limit") return 1 + Math.floor(this.#next() * 100);
    if (name === "quantity" || name === "interval_count") return Math.floor(this.#next() * 5);
    return Math.floor((this.#next() - 0.1) * 3_000);
  }

  #text(name: string): string {
    const ids = this.#ids.of(kinds[name] ?? name);
    if (ids.length > 0) return this.#pick(ids) ?? "";
    if (name === "currency") return this.#next() < 0.9 ? "usd" : "eur";
    if (name === "event_name") return "calls";
    if (name === "token") return "tok_visa";
    if (name.includes("url")) return "http://127.0.0.1:9/";
    return this.#pick(name.includes("decimal") ? ["0", "1.5", "100", "12.345"] : ["x", "Ä b", "", "1"]) ?? "";
  }
}

const operations = Object.entries(contract.operations).filter(([name]) => !/^DELETE|webhook_endpoints/.test(name));
