import { Migration } from "@mikro-orm/migrations";

export class Migration20261126141455 extends Migration {
  override name = "Migration20261126141455";

  override up(): void | Promise<void> {
    this.addSql(
      `create table "decision_counts" ("organization_id" uuid not null, "hour" timestamptz not null, "outcome" text not null, "count" bigint not null, primary key ("organization_id", "hour", "outcome"));`,
    );
    this.addSql(`create index "decision_counts_hour_index" on "decision_counts" ("hour");`);

    this.addSql(
      `create table "stripe_meters" ("meter" text not null, "meter_id" text not null, "product_id" text not null, "price_id" text not null, "created_at" timestamptz not null, primary key ("meter"));`,
    );

    this.addSql(
      `create table "webhook_attempts" ("organization_id" uuid not null, "delivery_id" uuid not null, "number" int not null, "at" timestamptz not null, "duration_ms" int not null, "headers" jsonb not null, "status" int null, "answer" text null, "error" text null, primary key ("organization_id", "delivery_id", "number"));`,
    );

    this.addSql(
      `create table "webhook_deliveries" ("organization_id" uuid not null, "id" uuid not null, "message_id" uuid not null, "endpoint_id" uuid not null, "state" text not null, "attempts" int not null, "tries_in_round" int not null, "next_try_at" timestamptz null, "created_at" timestamptz not null, "ended_at" timestamptz null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "webhook_deliveries_organization_id_endpoint_id_id_index" on "webhook_deliveries" ("organization_id", "endpoint_id", "id");`,
    );
    this.addSql(
      `create index "webhook_deliveries_ended" on "webhook_deliveries" ("ended_at") where state <> 'PENDING';`,
    );
    this.addSql(
      `alter table "webhook_deliveries" add constraint "webhook_deliveries_organization_id_message_id_end_23d39_unique" unique ("organization_id", "message_id", "endpoint_id");`,
    );

    this.addSql(
      `create table "webhook_endpoints" ("organization_id" uuid not null, "id" uuid not null, "url" text not null, "description" text not null, "events" text[] not null, "secret" text not null, "previous_secret" text null, "previous_until" timestamptz null, "created_by" uuid null, "created_at" timestamptz not null, "failing_since" timestamptz null, "slow_since" timestamptz null, "disabled_at" timestamptz null, "disabled_because" text null, primary key ("organization_id", "id"));`,
    );

    this.addSql(
      `create table "webhook_messages" ("organization_id" uuid not null, "id" uuid not null, "key" text not null, "type" text not null, "body" text not null, "created_at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `alter table "webhook_messages" add constraint "webhook_messages_organization_id_key_unique" unique ("organization_id", "key");`,
    );

    this.addSql(`alter table "meter_routes" drop constraint "meter_routes_pkey";`);
    this.addSql(`alter table "meter_routes" drop column "stripe_price_id";`);
    this.addSql(`alter table "meter_routes" add "chosen_at" timestamptz not null;`);
    this.addSql(`alter table "meter_routes" add primary key ("organization_id", "meter", "chosen_at");`);

    this.addSql(`alter table "stripe_subscriptions" add "metered_items" jsonb null;`);

    this.addSql(
      `create unique index "usage_charges_metered_line" on "usage_charges" ("organization_id", "invoice_id", "meter") where route = 'stripe_meter';`,
    );

    this.addSql(`alter table "decision_counts" enable row level security;`);
    this.addSql(`alter table "decision_counts" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "decision_counts" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "decision_counts" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "decision_counts" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_meters" enable row level security;`);
    this.addSql(`alter table "stripe_meters" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_meters" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_attempts" enable row level security;`);
    this.addSql(`alter table "webhook_attempts" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_attempts" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_attempts" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_attempts" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_deliveries" enable row level security;`);
    this.addSql(`alter table "webhook_deliveries" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_deliveries" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_deliveries" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_deliveries" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_endpoints" enable row level security;`);
    this.addSql(`alter table "webhook_endpoints" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_endpoints" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_endpoints" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_endpoints" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_messages" enable row level security;`);
    this.addSql(`alter table "webhook_messages" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_messages" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_messages" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_messages" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "decision_counts" cascade;`);
    this.addSql(`drop table if exists "stripe_meters" cascade;`);
    this.addSql(`drop table if exists "webhook_attempts" cascade;`);
    this.addSql(`drop table if exists "webhook_deliveries" cascade;`);
    this.addSql(`drop table if exists "webhook_endpoints" cascade;`);
    this.addSql(`drop table if exists "webhook_messages" cascade;`);

    this.addSql(`alter table "meter_routes" drop constraint "meter_routes_pkey";`);
    this.addSql(`alter table "meter_routes" drop column "chosen_at";`);
    this.addSql(`alter table "meter_routes" add "stripe_price_id" text null;`);
    this.addSql(`alter table "meter_routes" add primary key ("organization_id", "meter");`);

    this.addSql(`alter table "stripe_subscriptions" drop column "metered_items";`);

    this.addSql(`drop index "usage_charges_metered_line";`);
  }
}
