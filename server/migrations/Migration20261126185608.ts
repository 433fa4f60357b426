import { Migration } from "@mikro-orm/migrations";

export class Migration20261126185608 extends Migration {
  override name = "Migration20261126185608";

  override up(): void | Promise<void> {
    this.addSql(
      `create table "alert_settings" ("organization_id" uuid not null, "kind" text not null, "percent" int not null, "mail" boolean not null, "webhook" boolean not null, "changed_at" timestamptz not null, primary key ("organization_id", "kind", "percent"));`,
    );

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

    this.addSql(`drop policy "group_isolation" on "api_keys";`);

    this.addSql(`drop policy "group_isolation" on "audit_entries";`);

    this.addSql(`drop policy "group_isolation" on "billing_periods";`);

    this.addSql(`drop policy "group_isolation" on "checkout_orders";`);

    this.addSql(`drop policy "group_isolation" on "credit_notes";`);

    this.addSql(`drop policy "group_isolation" on "entitlement_levels";`);

    this.addSql(`drop policy "group_isolation" on "held_usage";`);

    this.addSql(`drop policy "group_isolation" on "holds";`);

    this.addSql(`drop policy "group_isolation" on "invitations";`);

    this.addSql(`drop policy "group_isolation" on "invoices";`);

    this.addSql(`drop policy "group_isolation" on "invoice_files";`);

    this.addSql(`drop policy "group_isolation" on "invoice_lines";`);

    this.addSql(`drop policy "group_isolation" on "invoice_payments";`);

    this.addSql(`drop policy "group_isolation" on "manual_charges";`);

    this.addSql(`drop policy "group_isolation" on "members";`);

    this.addSql(`drop policy "group_isolation" on "meter_routes";`);

    this.addSql(`drop policy "group_isolation" on "money_back_claims";`);

    this.addSql(`drop policy "group_isolation" on "organizations";`);

    this.addSql(`drop policy "group_isolation" on "plan_change_turns";`);

    this.addSql(`drop policy "group_isolation" on "plan_quotes";`);

    this.addSql(`drop policy "group_isolation" on "plan_spells";`);

    this.addSql(`drop policy "group_isolation" on "price_overrides";`);

    this.addSql(`drop policy "group_isolation" on "rating_adjustments";`);

    this.addSql(`drop policy "group_isolation" on "refunds";`);

    this.addSql(`drop policy "group_isolation" on "rejected_usage";`);

    this.addSql(`drop policy "group_isolation" on "spending_caps";`);

    this.addSql(`drop policy "group_isolation" on "stripe_outbox";`);

    this.addSql(`drop policy "group_isolation" on "stripe_customers";`);

    this.addSql(`drop policy "group_isolation" on "stripe_subscriptions";`);

    this.addSql(`drop policy "group_isolation" on "subscriptions";`);

    this.addSql(`drop policy "group_isolation" on "usage_alerts";`);

    this.addSql(`drop policy "group_isolation" on "usage_charges";`);

    this.addSql(`drop policy "group_isolation" on "usage_days";`);

    this.addSql(`drop policy "group_isolation" on "usage_events";`);

    this.addSql(`drop policy "group_isolation" on "usage_totals";`);

    this.addSql(`drop policy "group_isolation" on "usage_voids";`);

    this.addSql(
      `create policy "group_isolation" on "api_keys" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "audit_entries" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "billing_periods" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "checkout_orders" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "credit_notes" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "entitlement_levels" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "held_usage" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "holds" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invitations" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoices" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoice_files" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoice_lines" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoice_payments" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "manual_charges" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "members" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(`alter table "meter_routes" drop constraint "meter_routes_pkey";`);
    this.addSql(`alter table "meter_routes" drop column "stripe_price_id";`);
    this.addSql(`alter table "meter_routes" add "chosen_at" timestamptz not null;`);
    this.addSql(`alter table "meter_routes" add primary key ("organization_id", "meter", "chosen_at");`);
    this.addSql(
      `create policy "group_isolation" on "meter_routes" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "money_back_claims" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "organizations" to "qlp_group" using (id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "plan_change_turns" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "plan_quotes" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "plan_spells" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "price_overrides" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "rating_adjustments" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "refunds" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "rejected_usage" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "spending_caps" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "stripe_outbox" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "stripe_customers" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(`alter table "stripe_subscriptions" add "metered_items" jsonb null;`);
    this.addSql(
      `create policy "group_isolation" on "stripe_subscriptions" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "subscriptions" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_alerts" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create unique index "usage_charges_metered_line" on "usage_charges" ("organization_id", "invoice_id", "meter") where route = 'stripe_meter';`,
    );
    this.addSql(
      `create policy "group_isolation" on "usage_charges" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_days" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_events" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_totals" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_voids" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );

    this.addSql(`alter table "alert_settings" enable row level security;`);
    this.addSql(`alter table "alert_settings" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "alert_settings" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "alert_settings" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );
    this.addSql(`create policy "staff_access" on "alert_settings" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "decision_counts" enable row level security;`);
    this.addSql(`alter table "decision_counts" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "decision_counts" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "decision_counts" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
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
      `create policy "group_isolation" on "webhook_attempts" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_attempts" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_deliveries" enable row level security;`);
    this.addSql(`alter table "webhook_deliveries" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_deliveries" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_deliveries" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_deliveries" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_endpoints" enable row level security;`);
    this.addSql(`alter table "webhook_endpoints" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_endpoints" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_endpoints" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_endpoints" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "webhook_messages" enable row level security;`);
    this.addSql(`alter table "webhook_messages" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "webhook_messages" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "webhook_messages" to "qlp_group" using (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[]))) with check (organization_id = any(coalesce((select nullif(current_setting('app.organization_ids', true), '')::uuid[] as ids), '{}'::uuid[])));`,
    );
    this.addSql(`create policy "staff_access" on "webhook_messages" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "alert_settings" cascade;`);
    this.addSql(`drop table if exists "decision_counts" cascade;`);
    this.addSql(`drop table if exists "stripe_meters" cascade;`);
    this.addSql(`drop table if exists "webhook_attempts" cascade;`);
    this.addSql(`drop table if exists "webhook_deliveries" cascade;`);
    this.addSql(`drop table if exists "webhook_endpoints" cascade;`);
    this.addSql(`drop table if exists "webhook_messages" cascade;`);

    this.addSql(`drop policy "group_isolation" on "api_keys";`);

    this.addSql(`drop policy "group_isolation" on "audit_entries";`);

    this.addSql(`drop policy "group_isolation" on "billing_periods";`);

    this.addSql(`drop policy "group_isolation" on "checkout_orders";`);

    this.addSql(`drop policy "group_isolation" on "credit_notes";`);

    this.addSql(`drop policy "group_isolation" on "entitlement_levels";`);

    this.addSql(`drop policy "group_isolation" on "held_usage";`);

    this.addSql(`drop policy "group_isolation" on "holds";`);

    this.addSql(`drop policy "group_isolation" on "invitations";`);

    this.addSql(`drop policy "group_isolation" on "invoice_files";`);

    this.addSql(`drop policy "group_isolation" on "invoice_lines";`);

    this.addSql(`drop policy "group_isolation" on "invoice_payments";`);

    this.addSql(`drop policy "group_isolation" on "invoices";`);

    this.addSql(`drop policy "group_isolation" on "manual_charges";`);

    this.addSql(`drop policy "group_isolation" on "members";`);

    this.addSql(`drop policy "group_isolation" on "meter_routes";`);

    this.addSql(`drop policy "group_isolation" on "money_back_claims";`);

    this.addSql(`drop policy "group_isolation" on "organizations";`);

    this.addSql(`drop policy "group_isolation" on "plan_change_turns";`);

    this.addSql(`drop policy "group_isolation" on "plan_quotes";`);

    this.addSql(`drop policy "group_isolation" on "plan_spells";`);

    this.addSql(`drop policy "group_isolation" on "price_overrides";`);

    this.addSql(`drop policy "group_isolation" on "rating_adjustments";`);

    this.addSql(`drop policy "group_isolation" on "refunds";`);

    this.addSql(`drop policy "group_isolation" on "rejected_usage";`);

    this.addSql(`drop policy "group_isolation" on "spending_caps";`);

    this.addSql(`drop policy "group_isolation" on "stripe_customers";`);

    this.addSql(`drop policy "group_isolation" on "stripe_outbox";`);

    this.addSql(`drop policy "group_isolation" on "stripe_subscriptions";`);

    this.addSql(`drop policy "group_isolation" on "subscriptions";`);

    this.addSql(`drop policy "group_isolation" on "usage_alerts";`);

    this.addSql(`drop policy "group_isolation" on "usage_charges";`);

    this.addSql(`drop policy "group_isolation" on "usage_days";`);

    this.addSql(`drop policy "group_isolation" on "usage_events";`);

    this.addSql(`drop policy "group_isolation" on "usage_totals";`);

    this.addSql(`drop policy "group_isolation" on "usage_voids";`);

    this.addSql(
      `create policy "group_isolation" on "api_keys" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "audit_entries" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "billing_periods" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "checkout_orders" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "credit_notes" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "entitlement_levels" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "held_usage" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "holds" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invitations" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoice_files" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoice_lines" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoice_payments" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoices" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "manual_charges" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "members" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(`alter table "meter_routes" drop constraint "meter_routes_pkey";`);
    this.addSql(`alter table "meter_routes" drop column "chosen_at";`);
    this.addSql(`alter table "meter_routes" add "stripe_price_id" text null;`);
    this.addSql(`alter table "meter_routes" add primary key ("organization_id", "meter");`);
    this.addSql(
      `create policy "group_isolation" on "meter_routes" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "money_back_claims" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "organizations" to "qlp_group" using (id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "plan_change_turns" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "plan_quotes" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "plan_spells" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "price_overrides" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "rating_adjustments" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "refunds" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "rejected_usage" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "spending_caps" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "stripe_customers" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "stripe_outbox" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(`alter table "stripe_subscriptions" drop column "metered_items";`);
    this.addSql(
      `create policy "group_isolation" on "stripe_subscriptions" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "subscriptions" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_alerts" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(`drop index "usage_charges_metered_line";`);
    this.addSql(
      `create policy "group_isolation" on "usage_charges" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_days" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_events" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_totals" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "usage_voids" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
  }
}
