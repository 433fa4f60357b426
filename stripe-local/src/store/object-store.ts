import type { Database, Row } from "./database.ts";
import type { Due, Filter, Index, Placed, Store, StripeObject } from "./store.ts";

const COLUMNS = ["customer", "subscription", "invoice"] as const;

/** The objects as rows with their JSON; all in the transaction that is open. */
export class ObjectStore implements Store {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get<T extends StripeObject>(kind: string, id: string): T | null {
    const row = this.#database.row("select json from objects where kind = ? and id = ?", kind, id);
    return row ? parse<T>(row) : null;
  }

  find(id: string): StripeObject | null {
    const row = this.#database.row("select json from objects where id = ? and kind not like '~_%' escape '~'", id);
    return row ? parse<StripeObject>(row) : null;
  }

  put(object: StripeObject, index: Index = {}): void {
    const [customer, subscription, invoice] = COLUMNS.map((column) => index[column] ?? ownId(object[column]));
    const created = index.created ?? (typeof object["created"] === "number" ? object["created"] : null);
    const due = index.due === undefined ? "objects.due" : "excluded.due";
    this.#database.run(
      `insert into objects (kind, id, customer, subscription, invoice, created, due, json)
       values (?, ?, ?, ?, ?, coalesce(?, 0), ?, ?)
       on conflict (kind, id) do update set
         customer = coalesce(excluded.customer, objects.customer),
         subscription = coalesce(excluded.subscription, objects.subscription),
         invoice = coalesce(excluded.invoice, objects.invoice),
         due = ${due}, json = excluded.json`,
      object.object,
      object.id,
      customer ?? null,
      subscription ?? null,
      invoice ?? null,
      created,
      index.due ?? null,
      JSON.stringify(object),
    );
    for (const column of COLUMNS) {
      if (index[column] === null) {
        this.#database.run(`update objects set ${column} = null where kind = ? and id = ?`, object.object, object.id);
      }
    }
  }

  remove(kind: string, id: string): void {
    this.#database.run("delete from objects where kind = ? and id = ?", kind, id);
  }

  list<T extends StripeObject>(kind: string, filter: Filter = {}): T[] {
    const { where, values } = conditions(kind, filter);
    const sql = `select json from objects where ${where} order by place desc`;
    return this.#database.rows(sql, ...values).map((row) => parse<T>(row));
  }

  *walk<T extends StripeObject>(
    kind: string,
    filter: Filter = {},
    { before, after, oldestFirst = false }: { before?: number; after?: number; oldestFirst?: boolean } = {},
  ): IterableIterator<Placed<T>> {
    const { where, values } = conditions(kind, filter);
    const limits = [
      ...(before === undefined ? [] : [{ sql: "place < ?", value: before }]),
      ...(after === undefined ? [] : [{ sql: "place > ?", value: after }]),
    ];
    const all = [where, ...limits.map(({ sql }) => sql)].join(" and ");
    const sql = `select place, json from objects where ${all} order by place ${oldestFirst ? "asc" : "desc"}`;
    for (const row of this.#database.walk(sql, ...values, ...limits.map(({ value }) => value))) {
      yield { place: Number(row["place"]), object: parse<T>(row) };
    }
  }

  placeOf(kind: string, id: string): number | null {
    const row = this.#database.row("select place from objects where kind = ? and id = ?", kind, id);
    return row ? Number(row["place"]) : null;
  }

  nextDue(): Due | null {
    const row = this.#database.row(
      "select kind, id, due from objects where due is not null order by due, place limit 1",
    );
    return row ? { kind: String(row["kind"]), id: String(row["id"]), at: Number(row["due"]) } : null;
  }

  counter(name: string): number {
    const row = this.#database.row(
      "insert into counters (name, value) values (?, 1) on conflict (name) do update set value = value + 1 returning value",
      name,
    );
    return Number(row?.["value"]);
  }
}

// What was put is what comes back: the kind vouches for the type that the caller names.
const parse = <T extends StripeObject>(row: Row): T => JSON.parse(String(row["json"])) as T;

const ownId = (value: unknown): string | null => (typeof value === "string" ? value : null);

function conditions(kind: string, filter: Filter): { where: string; values: string[] } {
  const given = COLUMNS.flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [{ column, value }];
  });
  const where = ["kind = ?", ...given.map(({ column }) => `${column} = ?`)].join(" and ");
  return { where, values: [kind, ...given.map(({ value }) => value)] };
}
