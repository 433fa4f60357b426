import { Migration } from "@mikro-orm/migrations";

export class Migration20261126102406 extends Migration {
  override name = "Migration20261126102406";

  override up(): void | Promise<void> {
    this.addSql(
      `create table "entitlement_levels" ("organization_id" uuid not null, "key" text not null, "level" bigint not null, "reported_at" timestamptz not null, primary key ("organization_id", "key"));`,
    );

    this.addSql(
      `create table "held_usage" ("organization_id" uuid not null, "generations" bigint not null, "api_calls" bigint not null, "compute_ms" bigint not null, "amount" numeric not null, primary key ("organization_id"));`,
    );

    this.addSql(
      `create table "holds" ("organization_id" uuid not null, "id" uuid not null, "action" text not null, "complexity" text null, "model" text null, "generations" bigint not null, "api_calls" bigint not null, "compute_ms" bigint not null, "amount" numeric not null, "state" text not null, "placed_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, "event_id" uuid null, "key_prefix" text null, primary key ("organization_id", "id"));`,
    );
    this.addSql(`create index "holds_placed" on "holds" ("organization_id", "expires_at") where state = 'PLACED';`);
    this.addSql(`create index "holds_due" on "holds" ("expires_at") where state = 'PLACED';`);

    this.addSql(
      `create table "spending_caps" ("organization_id" uuid not null, "cap_minor" bigint not null, "set_at" timestamptz not null, primary key ("organization_id"));`,
    );

    this.addSql(
      `create table "usage_alerts" ("organization_id" uuid not null, "period_id" uuid not null, "subject" text not null, "percent" int not null, "at" timestamptz not null, "used" text not null, "out_of" text not null, primary key ("organization_id", "period_id", "subject", "percent"));`,
    );

    this.addSql(`drop policy "tenant_reads" on "plan_versions";`);

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
      `create policy "group_isolation" on "invitations" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "invoices" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
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
      `create policy "group_isolation" on "manual_charges" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "members" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

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
      `create policy "tenant_reads" on "plan_versions" for select to "qlp_tenant", "qlp_group" using (true);`,
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
      `create policy "group_isolation" on "stripe_outbox" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "stripe_customers" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "stripe_subscriptions" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

    this.addSql(
      `create policy "group_isolation" on "subscriptions" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );

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

    this.addSql(`alter table "entitlement_levels" enable row level security;`);
    this.addSql(`alter table "entitlement_levels" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "entitlement_levels" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "entitlement_levels" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "entitlement_levels" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "held_usage" enable row level security;`);
    this.addSql(`alter table "held_usage" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "held_usage" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "held_usage" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "held_usage" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "holds" enable row level security;`);
    this.addSql(`alter table "holds" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "holds" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "holds" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "holds" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "spending_caps" enable row level security;`);
    this.addSql(`alter table "spending_caps" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "spending_caps" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "spending_caps" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "spending_caps" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "usage_alerts" enable row level security;`);
    this.addSql(`alter table "usage_alerts" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "usage_alerts" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "group_isolation" on "usage_alerts" to "qlp_group" using (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[])) with check (organization_id = any((select nullif(current_setting('app.organization_ids', true), ''))::uuid[]));`,
    );
    this.addSql(`create policy "staff_access" on "usage_alerts" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "entitlement_levels" cascade;`);
    this.addSql(`drop table if exists "held_usage" cascade;`);
    this.addSql(`drop table if exists "holds" cascade;`);
    this.addSql(`drop table if exists "spending_caps" cascade;`);
    this.addSql(`drop table if exists "usage_alerts" cascade;`);

    this.addSql(`drop policy "group_isolation" on "api_keys";`);

    this.addSql(`drop policy "group_isolation" on "audit_entries";`);

    this.addSql(`drop policy "group_isolation" on "billing_periods";`);

    this.addSql(`drop policy "group_isolation" on "checkout_orders";`);

    this.addSql(`drop policy "group_isolation" on "credit_notes";`);

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

    this.addSql(`drop policy "tenant_reads" on "plan_versions";`);

    this.addSql(`drop policy "group_isolation" on "price_overrides";`);

    this.addSql(`drop policy "group_isolation" on "rating_adjustments";`);

    this.addSql(`drop policy "group_isolation" on "refunds";`);

    this.addSql(`drop policy "group_isolation" on "rejected_usage";`);

    this.addSql(`drop policy "group_isolation" on "stripe_customers";`);

    this.addSql(`drop policy "group_isolation" on "stripe_outbox";`);

    this.addSql(`drop policy "group_isolation" on "stripe_subscriptions";`);

    this.addSql(`drop policy "group_isolation" on "subscriptions";`);

    this.addSql(`drop policy "group_isolation" on "usage_charges";`);

    this.addSql(`drop policy "group_isolation" on "usage_days";`);

    this.addSql(`drop policy "group_isolation" on "usage_events";`);

    this.addSql(`drop policy "group_isolation" on "usage_totals";`);

    this.addSql(`drop policy "group_isolation" on "usage_voids";`);

    this.addSql(`create policy "tenant_reads" on "plan_versions" for select to "qlp_tenant" using (true);`);
  }
}
