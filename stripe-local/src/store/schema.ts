/** The tables of the stand-in. Times of the sandbox are unix seconds, times of the machine are milliseconds. */
export const schema = `
create table if not exists objects (
  place integer primary key autoincrement,
  kind text not null,
  id text not null,
  customer text,
  subscription text,
  invoice text,
  created integer not null,
  due integer,
  json text not null,
  unique (kind, id)
);
create index if not exists objects_kind on objects (kind, place);
create index if not exists objects_id on objects (id);
create index if not exists objects_customer on objects (kind, customer, place) where customer is not null;
create index if not exists objects_subscription on objects (kind, subscription, place) where subscription is not null;
create index if not exists objects_invoice on objects (kind, invoice, place) where invoice is not null;
create index if not exists objects_due on objects (due, place) where due is not null;

create table if not exists counters (name text primary key, value integer not null);

create table if not exists events (
  place integer primary key autoincrement,
  id text not null unique,
  type text not null,
  created integer not null,
  json text not null
);
create index if not exists events_type on events (type, place);

create table if not exists deliveries (
  id integer primary key autoincrement,
  event text not null,
  endpoint text not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_attempt_ms integer not null,
  last_answer text
);
create index if not exists deliveries_pending on deliveries (next_attempt_ms, id) where state = 'pending';
create index if not exists deliveries_event on deliveries (event);
create index if not exists deliveries_endpoint on deliveries (endpoint);

create table if not exists answers (
  key text primary key,
  fingerprint text not null,
  status integer not null,
  request text not null,
  body text not null,
  saved_ms integer not null
);

create table if not exists settings (name text primary key, value text not null);
`;

export const tables = ["objects", "counters", "events", "deliveries", "answers", "settings"] as const;
