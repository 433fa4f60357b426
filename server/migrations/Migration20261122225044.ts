import { Migration } from "@mikro-orm/migrations";

export class Migration20261122225044 extends Migration {
  override name = "Migration20261122225044";

  override up(): void | Promise<void> {
    this.addSql(
      `create table "alarms" ("key" text not null, "kind" text not null, "organization_id" uuid null, "message" text not null, "detail" jsonb not null, "raised_at" timestamptz not null, "cleared_at" timestamptz null, primary key ("key"));`,
    );

    this.addSql(
      `create table "billing_runs" ("id" uuid not null, "until" timestamptz not null, "state" text not null, "total" int not null, "done" int not null, "charges" int not null, "cursor" uuid null, "error" text null, "started_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"));`,
    );

    this.addSql(
      `create table "checkout_orders" ("organization_id" uuid not null, "id" uuid not null, "session_id" text null, "plan_version_id" uuid not null, "url" text null, "state" text not null, "created_at" timestamptz not null, "closed_at" timestamptz null, primary key ("organization_id", "id"));`,
    );

    this.addSql(
      `create table "credit_notes" ("organization_id" uuid not null, "id" uuid not null, "stripe_id" text not null, "invoice_id" uuid not null, "number" text not null, "status" text not null, "amount_minor" bigint not null, "refund_minor" bigint not null, "balance_minor" bigint not null, "out_of_band_minor" bigint not null, "reason" text null, "memo" text null, "created_at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "credit_notes_organization_id_invoice_id_index" on "credit_notes" ("organization_id", "invoice_id");`,
    );
    this.addSql(
      `alter table "credit_notes" add constraint "credit_notes_organization_id_stripe_id_unique" unique ("organization_id", "stripe_id");`,
    );

    this.addSql(
      `create table "invoices" ("organization_id" uuid not null, "id" uuid not null, "stripe_id" text not null, "stripe_subscription_id" text null, "number" text null, "status" text not null, "reason" text not null, "collection" text not null, "currency" text not null, "period_start" timestamptz not null, "period_end" timestamptz not null, "subtotal_minor" bigint not null, "tax_minor" bigint not null, "total_minor" bigint not null, "amount_due_minor" bigint not null, "amount_paid_minor" bigint not null, "amount_remaining_minor" bigint not null, "credited_minor" bigint not null, "refunded_minor" bigint not null, "tax_detail" jsonb null, "hosted_url" text null, "attempt_count" int not null, "next_attempt_at" timestamptz null, "created_at" timestamptz not null, "issued_at" timestamptz null, "due_at" timestamptz null, "paid_at" timestamptz null, "closed_at" timestamptz null, "agreed_at" timestamptz null, "held_at" timestamptz null, "differences" jsonb null, "disputed" boolean not null, "synced_at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "invoices_organization_id_created_at_index" on "invoices" ("organization_id", "created_at");`,
    );
    this.addSql(`create index "invoices_created_at_index" on "invoices" ("created_at");`);
    this.addSql(`create index "invoices_id_index" on "invoices" ("id");`);
    this.addSql(
      `alter table "invoices" add constraint "invoices_organization_id_stripe_id_unique" unique ("organization_id", "stripe_id");`,
    );

    this.addSql(
      `create table "invoice_files" ("organization_id" uuid not null, "invoice_id" uuid not null, "content_hash" text not null, "bytes" bytea not null, "created_at" timestamptz not null, primary key ("organization_id", "invoice_id"));`,
    );

    this.addSql(
      `create table "invoice_lines" ("organization_id" uuid not null, "id" uuid not null, "invoice_id" uuid not null, "stripe_line_id" text not null, "position" int not null, "kind" text not null, "description" text not null, "quantity" numeric not null, "amount_minor" bigint not null, "tax_minor" bigint not null, "period_start" timestamptz not null, "period_end" timestamptz not null, "charge_id" uuid null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "invoice_lines_organization_id_invoice_id_index" on "invoice_lines" ("organization_id", "invoice_id");`,
    );

    this.addSql(
      `create table "invoice_payments" ("organization_id" uuid not null, "id" uuid not null, "stripe_id" text not null, "invoice_id" uuid not null, "amount_minor" bigint not null, "status" text not null, "payment_intent_id" text null, "created_at" timestamptz not null, "paid_at" timestamptz null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "invoice_payments_organization_id_invoice_id_index" on "invoice_payments" ("organization_id", "invoice_id");`,
    );
    this.addSql(
      `alter table "invoice_payments" add constraint "invoice_payments_organization_id_stripe_id_unique" unique ("organization_id", "stripe_id");`,
    );

    this.addSql(
      `create table "manual_charges" ("organization_id" uuid not null, "id" uuid not null, "invoice_id" uuid null, "description" text not null, "quantity" numeric not null, "amount_minor" bigint not null, "created_at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "manual_charges_organization_id_invoice_id_index" on "manual_charges" ("organization_id", "invoice_id");`,
    );

    this.addSql(
      `create table "meter_routes" ("organization_id" uuid not null, "meter" text not null, "route" text not null, "stripe_price_id" text null, primary key ("organization_id", "meter"));`,
    );

    this.addSql(
      `create table "money_back_claims" ("organization_id" uuid not null, "id" uuid not null, "reason" text null, "claimed_at" timestamptz not null, "refunded_minor" bigint not null, "state" text not null, "settled_at" timestamptz null, primary key ("organization_id"));`,
    );

    this.addSql(
      `create table "plan_change_turns" ("organization_id" uuid not null, "holder" uuid not null, "doing" text not null, "until" timestamptz not null, primary key ("organization_id"));`,
    );

    this.addSql(
      `create table "plan_quotes" ("organization_id" uuid not null, "id" uuid not null, "plan_version_id" uuid not null, "from_plan_version_id" uuid not null, "kind" text not null, "proration_at" timestamptz not null, "effective_at" timestamptz not null, "due_now_minor" bigint not null, "next_invoice_minor" bigint not null, "lines" jsonb not null, "losses" jsonb not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("organization_id", "id"));`,
    );

    this.addSql(
      `create table "plan_spells" ("organization_id" uuid not null, "id" uuid not null, "billing_period_id" uuid not null, "starts_at" timestamptz not null, "plan_version_id" uuid not null, "cause" text not null, primary key ("organization_id", "id"));`,
    );

    this.addSql(
      `create table "proof_reports" ("id" uuid not null, "started_at" timestamptz not null, "finished_at" timestamptz null, "checked" jsonb not null, "differences" jsonb not null, "error" text null, primary key ("id"));`,
    );

    this.addSql(
      `create table "refunds" ("organization_id" uuid not null, "id" uuid not null, "stripe_id" text not null, "invoice_id" uuid not null, "amount_minor" bigint not null, "status" text not null, "failure_reason" text null, "created_at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "refunds_organization_id_invoice_id_index" on "refunds" ("organization_id", "invoice_id");`,
    );
    this.addSql(
      `alter table "refunds" add constraint "refunds_organization_id_stripe_id_unique" unique ("organization_id", "stripe_id");`,
    );

    this.addSql(
      `create table "stripe_outbox" ("organization_id" uuid not null, "id" uuid not null, "kind" text not null, "key" text not null, "params" jsonb not null, "state" text not null, "attempts" int not null, "next_try_at" timestamptz not null, "last_error" text null, "result_id" text null, "created_at" timestamptz not null, "done_at" timestamptz null, primary key ("organization_id", "id"));`,
    );
    this.addSql(`create index "stripe_outbox_due" on "stripe_outbox" ("next_try_at") where state = 'PENDING';`);
    this.addSql(
      `alter table "stripe_outbox" add constraint "stripe_outbox_organization_id_key_unique" unique ("organization_id", "key");`,
    );

    this.addSql(
      `create table "stripe_customers" ("organization_id" uuid not null, "stripe_id" text not null, "email" text null, "currency" text null, "payment_method" jsonb null, "balance_minor" bigint not null, "deleted_at" timestamptz null, "synced_at" timestamptz not null, primary key ("organization_id"));`,
    );

    this.addSql(
      `create table "stripe_inbox" ("event_id" text not null, "type" text not null, "api_version" text null, "object_kind" text not null, "object_id" text not null, "lane" text not null, "organization_id" uuid null, "created_at" timestamptz not null, "received_at" timestamptz not null, "payload" jsonb not null, "state" text not null, "attempts" int not null, "next_try_at" timestamptz not null, "last_error" text null, "handled_at" timestamptz null, primary key ("event_id"));`,
    );
    this.addSql(`create index "stripe_inbox_due" on "stripe_inbox" ("next_try_at") where state = 'RECEIVED';`);
    this.addSql(`create index "stripe_inbox_received_at_index" on "stripe_inbox" ("received_at");`);

    this.addSql(
      `create table "stripe_leases" ("name" text not null, "holder" uuid not null, "until" timestamptz not null, primary key ("name"));`,
    );

    this.addSql(
      `create table "stripe_owners" ("stripe_id" text not null, "kind" text not null, "organization_id" uuid not null, primary key ("stripe_id"));`,
    );

    this.addSql(
      `create table "stripe_prices" ("plan_version_id" uuid not null, "product_id" text not null, "price_id" text not null, "unit_amount_minor" bigint not null, "currency" text not null, "created_at" timestamptz not null, primary key ("plan_version_id"));`,
    );

    this.addSql(
      `create table "stripe_repair" ("id" serial primary key, "seen_until" timestamptz not null, "ran_at" timestamptz not null, "found" int not null);`,
    );

    this.addSql(
      `create table "stripe_subscriptions" ("organization_id" uuid not null, "stripe_id" text not null, "status" text not null, "item_id" text not null, "plan_version_id" uuid not null, "agreed_minor" bigint null, "collection" text not null, "period_start" timestamptz not null, "period_end" timestamptz not null, "trial_end" timestamptz null, "cancel_at" timestamptz null, "paused_at" timestamptz null, "pending_update_until" timestamptz null, "schedule_id" text null, "latest_invoice_id" text null, "granted" boolean not null, "ended_at" timestamptz null, "synced_at" timestamptz not null, primary key ("organization_id", "stripe_id"));`,
    );

    this.addSql(
      `create table "usage_charges" ("organization_id" uuid not null, "id" uuid not null, "billing_period_id" uuid not null, "period_start" timestamptz not null, "period_end" timestamptz not null, "meter" text not null, "kind" text not null, "route" text not null, "description" text not null, "quantity" numeric not null, "exact_nanos" numeric not null, "amount_minor" bigint not null, "rounding_nanos" numeric not null, "state" text not null, "excluded_reason" text null, "invoice_id" uuid null, "created_at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "usage_charges_organization_id_state_index" on "usage_charges" ("organization_id", "state");`,
    );
    this.addSql(
      `create index "usage_charges_organization_id_invoice_id_index" on "usage_charges" ("organization_id", "invoice_id");`,
    );
    this.addSql(
      `alter table "usage_charges" add constraint "usage_charges_organization_id_billing_period_id_m_a686c_unique" unique ("organization_id", "billing_period_id", "meter", "kind");`,
    );

    this.addSql(`alter table "billing_periods" add "frozen_at" timestamptz null;`);
    this.addSql(
      `create index "billing_periods_to_freeze" on "billing_periods" ("organization_id") where closed_at is not null and frozen_at is null;`,
    );

    this.addSql(
      `alter table "subscriptions" add "collection" text not null default 'CARD', add "next_plan_version_id" uuid null, add "past_due_since" timestamptz null, add "restricted_at" timestamptz null, add "paused_at" timestamptz null;`,
    );

    this.addSql(`create index "usage_events_late" on "usage_events" ("organization_id", "period_id") where late;`);

    this.addSql(`alter table "alarms" enable row level security;`);
    this.addSql(`alter table "alarms" force row level security;`);
    this.addSql(`create policy "staff_access" on "alarms" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "billing_runs" enable row level security;`);
    this.addSql(`alter table "billing_runs" force row level security;`);
    this.addSql(`create policy "staff_access" on "billing_runs" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "checkout_orders" enable row level security;`);
    this.addSql(`alter table "checkout_orders" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "checkout_orders" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "checkout_orders" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "credit_notes" enable row level security;`);
    this.addSql(`alter table "credit_notes" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "credit_notes" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "credit_notes" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "invoices" enable row level security;`);
    this.addSql(`alter table "invoices" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "invoices" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "invoices" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "invoice_files" enable row level security;`);
    this.addSql(`alter table "invoice_files" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "invoice_files" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "invoice_files" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "invoice_lines" enable row level security;`);
    this.addSql(`alter table "invoice_lines" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "invoice_lines" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "invoice_lines" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "invoice_payments" enable row level security;`);
    this.addSql(`alter table "invoice_payments" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "invoice_payments" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "invoice_payments" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "manual_charges" enable row level security;`);
    this.addSql(`alter table "manual_charges" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "manual_charges" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "manual_charges" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "meter_routes" enable row level security;`);
    this.addSql(`alter table "meter_routes" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "meter_routes" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "meter_routes" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "money_back_claims" enable row level security;`);
    this.addSql(`alter table "money_back_claims" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "money_back_claims" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "money_back_claims" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "plan_change_turns" enable row level security;`);
    this.addSql(`alter table "plan_change_turns" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "plan_change_turns" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "plan_change_turns" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "plan_quotes" enable row level security;`);
    this.addSql(`alter table "plan_quotes" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "plan_quotes" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "plan_quotes" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "plan_spells" enable row level security;`);
    this.addSql(`alter table "plan_spells" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "plan_spells" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "plan_spells" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "proof_reports" enable row level security;`);
    this.addSql(`alter table "proof_reports" force row level security;`);
    this.addSql(`create policy "staff_access" on "proof_reports" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "refunds" enable row level security;`);
    this.addSql(`alter table "refunds" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "refunds" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "refunds" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_outbox" enable row level security;`);
    this.addSql(`alter table "stripe_outbox" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "stripe_outbox" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "stripe_outbox" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_customers" enable row level security;`);
    this.addSql(`alter table "stripe_customers" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "stripe_customers" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "stripe_customers" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_inbox" enable row level security;`);
    this.addSql(`alter table "stripe_inbox" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_inbox" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_leases" enable row level security;`);
    this.addSql(`alter table "stripe_leases" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_leases" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_owners" enable row level security;`);
    this.addSql(`alter table "stripe_owners" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_owners" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_prices" enable row level security;`);
    this.addSql(`alter table "stripe_prices" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_prices" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_repair" enable row level security;`);
    this.addSql(`alter table "stripe_repair" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_repair" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "stripe_subscriptions" enable row level security;`);
    this.addSql(`alter table "stripe_subscriptions" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "stripe_subscriptions" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(
      `create policy "staff_access" on "stripe_subscriptions" to "qlp_staff" using (true) with check (true);`,
    );

    this.addSql(`alter table "usage_charges" enable row level security;`);
    this.addSql(`alter table "usage_charges" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "usage_charges" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "usage_charges" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "alarms" cascade;`);
    this.addSql(`drop table if exists "billing_runs" cascade;`);
    this.addSql(`drop table if exists "checkout_orders" cascade;`);
    this.addSql(`drop table if exists "credit_notes" cascade;`);
    this.addSql(`drop table if exists "invoices" cascade;`);
    this.addSql(`drop table if exists "invoice_files" cascade;`);
    this.addSql(`drop table if exists "invoice_lines" cascade;`);
    this.addSql(`drop table if exists "invoice_payments" cascade;`);
    this.addSql(`drop table if exists "manual_charges" cascade;`);
    this.addSql(`drop table if exists "meter_routes" cascade;`);
    this.addSql(`drop table if exists "money_back_claims" cascade;`);
    this.addSql(`drop table if exists "plan_change_turns" cascade;`);
    this.addSql(`drop table if exists "plan_quotes" cascade;`);
    this.addSql(`drop table if exists "plan_spells" cascade;`);
    this.addSql(`drop table if exists "proof_reports" cascade;`);
    this.addSql(`drop table if exists "refunds" cascade;`);
    this.addSql(`drop table if exists "stripe_outbox" cascade;`);
    this.addSql(`drop table if exists "stripe_customers" cascade;`);
    this.addSql(`drop table if exists "stripe_inbox" cascade;`);
    this.addSql(`drop table if exists "stripe_leases" cascade;`);
    this.addSql(`drop table if exists "stripe_owners" cascade;`);
    this.addSql(`drop table if exists "stripe_prices" cascade;`);
    this.addSql(`drop table if exists "stripe_repair" cascade;`);
    this.addSql(`drop table if exists "stripe_subscriptions" cascade;`);
    this.addSql(`drop table if exists "usage_charges" cascade;`);

    this.addSql(`drop index "billing_periods_to_freeze";`);
    this.addSql(`alter table "billing_periods" drop column "frozen_at";`);

    this.addSql(
      `alter table "subscriptions" drop column "collection", drop column "next_plan_version_id", drop column "past_due_since", drop column "restricted_at", drop column "paused_at";`,
    );

    this.addSql(`drop index "usage_events_late";`);
  }
}
