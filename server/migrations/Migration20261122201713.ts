import { Migration } from "@mikro-orm/migrations";

export class Migration20261122201713 extends Migration {
  override name = "Migration20261122201713";

  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_keys" ("organization_id" uuid not null, "id" uuid not null, "name" text not null, "prefix" text not null, "secret_hash" text not null, "scopes" text[] not null, "created_by" uuid null, "created_at" timestamptz not null, "last_used_at" timestamptz null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "replaced_by_id" uuid null, primary key ("organization_id", "id"));`,
    );
    this.addSql(`create index "api_keys_secret_hash_index" on "api_keys" ("secret_hash");`);

    this.addSql(
      `create table "audit_entries" ("organization_id" uuid not null, "id" uuid not null, "at" timestamptz not null, "action" text not null, "actor_kind" text not null, "actor_id" uuid null, "actor" text not null, "staff" boolean not null, "target" text null, "detail" jsonb null, "request_id" text null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "audit_entries_organization_id_at_id_index" on "audit_entries" ("organization_id", "at", "id");`,
    );
    this.addSql(`create index "audit_entries_at_id_index" on "audit_entries" ("at", "id");`);

    this.addSql(
      `create table "billing_periods" ("organization_id" uuid not null, "id" uuid not null, "start_at" timestamptz not null, "end_at" timestamptz not null, "plan_version_id" uuid not null, "trial" boolean not null, "closed_at" timestamptz null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `alter table "billing_periods" add constraint "billing_periods_organization_id_start_at_unique" unique ("organization_id", "start_at");`,
    );

    this.addSql(`create table "demo_seed" ("id" serial primary key, "seeded_at" timestamptz not null);`);

    this.addSql(
      `create table "invitations" ("organization_id" uuid not null, "id" uuid not null, "email" text not null, "role" text not null, "invited_by" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "accepted_at" timestamptz null, "revoked_at" timestamptz null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "invitations_organization_id_email_index" on "invitations" ("organization_id", "email");`,
    );

    this.addSql(
      `create table "sessions" ("id" uuid not null, "user_id" uuid not null, "organization_id" uuid null, "created_at" timestamptz not null, "last_seen_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, "ip_address" text null, "user_agent" text null, primary key ("id"));`,
    );
    this.addSql(`create index "sessions_user_id_index" on "sessions" ("user_id");`);
    this.addSql(`create index "sessions_expires_at_index" on "sessions" ("expires_at");`);

    this.addSql(
      `create table "mails" ("id" uuid not null, "to" text not null, "subject" text not null, "text" text not null, "created_at" timestamptz not null, "sent_at" timestamptz null, "error" text null, primary key ("id"));`,
    );

    this.addSql(
      `create table "members" ("organization_id" uuid not null, "user_id" uuid not null, "role" text not null, "joined_at" timestamptz not null, primary key ("organization_id", "user_id"));`,
    );
    this.addSql(`create index "members_user_id_index" on "members" ("user_id");`);

    this.addSql(
      `create table "organizations" ("id" uuid not null, "name" text not null, "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "organizations_name_index" on "organizations" ("name");`);

    this.addSql(
      `create table "passwords" ("user_id" uuid not null, "hash" text not null, "changed_at" timestamptz not null, primary key ("user_id"));`,
    );

    this.addSql(
      `create table "password_resets" ("id" uuid not null, "user_id" uuid not null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`create index "password_resets_token_hash_index" on "password_resets" ("token_hash");`);
    this.addSql(`create index "password_resets_user_id_index" on "password_resets" ("user_id");`);

    this.addSql(
      `create table "plan_versions" ("id" uuid not null, "code" text not null, "number" int not null, "terms" jsonb not null, "published_at" timestamptz not null, "published_by" text not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "plan_versions" add constraint "plan_versions_code_number_unique" unique ("code", "number");`,
    );

    this.addSql(
      `create table "price_overrides" ("organization_id" uuid not null, "id" uuid not null, "meter" text not null, "price_key" text not null, "price" jsonb not null, "note" text not null, "created_at" timestamptz not null, "ended_at" timestamptz null, primary key ("organization_id", "id"));`,
    );

    this.addSql(
      `create table "rating_adjustments" ("organization_id" uuid not null, "id" uuid not null, "event_id" uuid not null, "period_id" uuid not null, "meter" text not null, "units" numeric not null, "included" numeric not null, "billable" numeric not null, "amount" numeric not null, "reason" text not null, "cause_id" uuid not null, "credit" boolean not null, "at" timestamptz not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "rating_adjustments_organization_id_event_id_index" on "rating_adjustments" ("organization_id", "event_id");`,
    );

    this.addSql(
      `create table "rejected_usage" ("organization_id" uuid not null, "id" uuid not null, "at" timestamptz not null, "idempotency_key" text not null, "status" text not null, "reason" text not null, "action" text null, "key_prefix" text null, primary key ("organization_id", "id"));`,
    );

    this.addSql(`create table "sandbox_clock" ("id" serial primary key, "ahead_ms" bigint not null);`);

    this.addSql(
      `create table "service_keys" ("id" uuid not null, "name" text not null, "prefix" text not null, "secret_hash" text not null, "scopes" text[] not null, "created_by" uuid null, "created_at" timestamptz not null, "last_used_at" timestamptz null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "replaced_by_id" uuid null, primary key ("id"));`,
    );
    this.addSql(`create index "service_keys_secret_hash_index" on "service_keys" ("secret_hash");`);

    this.addSql(
      `create table "subscriptions" ("organization_id" uuid not null, "id" uuid not null, "plan_version_id" uuid not null, "plan_code" text not null, "status" text not null, "started_at" timestamptz not null, "anchor_at" timestamptz not null, "current_period_id" uuid not null, "current_period_start" timestamptz not null, "current_period_end" timestamptz not null, "trial_ends_at" timestamptz null, "trial_used" boolean not null, "cancel_at" timestamptz null, "agreed_minor" bigint null, primary key ("organization_id"));`,
    );
    this.addSql(`create index "subscriptions_current_period_end_index" on "subscriptions" ("current_period_end");`);
    this.addSql(`create index "subscriptions_plan_version_id_index" on "subscriptions" ("plan_version_id");`);

    this.addSql(
      `create table "usage_days" ("organization_id" uuid not null, "day" date not null, "meter" text not null, "complexity" text not null, "units" numeric not null, "included" numeric not null, "billable" numeric not null, "over_limit" numeric not null, "amount" numeric not null, "events" bigint not null, "cost_nanos" numeric not null, primary key ("organization_id", "day", "meter", "complexity"));`,
    );

    this.addSql(
      `create table "usage_events" ("organization_id" uuid not null, "id" uuid not null, "position" bigint not null, "period_id" uuid not null, "idempotency_key" text not null, "content_hash" bytea not null, "action" text not null, "complexity" text null, "model" text null, "premium" boolean not null, "quantity" bigint not null, "compute_time_ms" int null, "tokens_used" int null, "storage_bytes" bigint null, "cost_nanos" numeric not null, "occurred_at" timestamptz not null, "recorded_at" timestamptz not null, "user_id" text null, "project_id" text null, "failed" boolean not null, "late" boolean not null, "trial" boolean not null, "metadata" jsonb null, "units" bigint not null, "used_before" bigint not null, "included" bigint not null, "billable" bigint not null, "unit_nanos" bigint null, "amount" numeric not null, "compute_units" bigint not null, "compute_used_before" bigint not null, "compute_included" bigint not null, "compute_billable" bigint not null, "compute_unit_nanos" bigint null, "compute_amount" numeric not null, primary key ("organization_id", "id"));`,
    );
    this.addSql(
      `create index "usage_events_organization_id_occurred_at_index" on "usage_events" ("organization_id", "occurred_at");`,
    );
    this.addSql(
      `create index "usage_events_storage_levels" on "usage_events" ("organization_id", "occurred_at", "position") where action = 'STORAGE';`,
    );
    this.addSql(
      `alter table "usage_events" add constraint "usage_events_organization_id_position_unique" unique ("organization_id", "position");`,
    );

    this.addSql(
      `create table "usage_totals" ("organization_id" uuid not null, "period_id" uuid not null, "meter" text not null, "complexity" text not null, "units" numeric not null, "included" numeric not null, "billable" numeric not null, "over_limit" numeric not null, "amount" numeric not null, "credit" numeric not null, primary key ("organization_id", "period_id", "meter", "complexity"));`,
    );

    this.addSql(
      `create table "usage_voids" ("organization_id" uuid not null, "event_id" uuid not null, "at" timestamptz not null, "reason" text not null, "by" text not null, primary key ("organization_id", "event_id"));`,
    );

    this.addSql(
      `create table "users" ("id" uuid not null, "email" text not null, "staff_role" text null, "created_at" timestamptz not null, "last_seen_at" timestamptz null, primary key ("id"));`,
    );
    this.addSql(`alter table "users" add constraint "users_email_unique" unique ("email");`);

    this.addSql(`alter table "api_keys" enable row level security;`);
    this.addSql(`alter table "api_keys" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "api_keys" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "api_keys" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "audit_entries" enable row level security;`);
    this.addSql(`alter table "audit_entries" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "audit_entries" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "audit_entries" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "billing_periods" enable row level security;`);
    this.addSql(`alter table "billing_periods" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "billing_periods" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "billing_periods" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "demo_seed" enable row level security;`);
    this.addSql(`alter table "demo_seed" force row level security;`);
    this.addSql(`create policy "staff_access" on "demo_seed" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "invitations" enable row level security;`);
    this.addSql(`alter table "invitations" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "invitations" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "invitations" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "sessions" enable row level security;`);
    this.addSql(`alter table "sessions" force row level security;`);
    this.addSql(`create policy "staff_access" on "sessions" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "mails" enable row level security;`);
    this.addSql(`alter table "mails" force row level security;`);
    this.addSql(`create policy "tenant_posts" on "mails" for insert to "qlp_tenant" with check (true);`);
    this.addSql(`create policy "staff_access" on "mails" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "members" enable row level security;`);
    this.addSql(`alter table "members" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "members" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "members" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "organizations" enable row level security;`);
    this.addSql(`alter table "organizations" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "organizations" to "qlp_tenant" using (id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "organizations" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "passwords" enable row level security;`);
    this.addSql(`alter table "passwords" force row level security;`);
    this.addSql(`create policy "staff_access" on "passwords" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "password_resets" enable row level security;`);
    this.addSql(`alter table "password_resets" force row level security;`);
    this.addSql(`create policy "staff_access" on "password_resets" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "plan_versions" enable row level security;`);
    this.addSql(`alter table "plan_versions" force row level security;`);
    this.addSql(`create policy "tenant_reads" on "plan_versions" for select to "qlp_tenant" using (true);`);
    this.addSql(`create policy "staff_access" on "plan_versions" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "price_overrides" enable row level security;`);
    this.addSql(`alter table "price_overrides" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "price_overrides" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "price_overrides" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "rating_adjustments" enable row level security;`);
    this.addSql(`alter table "rating_adjustments" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "rating_adjustments" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "rating_adjustments" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "rejected_usage" enable row level security;`);
    this.addSql(`alter table "rejected_usage" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "rejected_usage" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "rejected_usage" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "sandbox_clock" enable row level security;`);
    this.addSql(`alter table "sandbox_clock" force row level security;`);
    this.addSql(`create policy "staff_access" on "sandbox_clock" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "service_keys" enable row level security;`);
    this.addSql(`alter table "service_keys" force row level security;`);
    this.addSql(`create policy "staff_access" on "service_keys" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "subscriptions" enable row level security;`);
    this.addSql(`alter table "subscriptions" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "subscriptions" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "subscriptions" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "usage_days" enable row level security;`);
    this.addSql(`alter table "usage_days" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "usage_days" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "usage_days" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "usage_events" enable row level security;`);
    this.addSql(`alter table "usage_events" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "usage_events" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "usage_events" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "usage_totals" enable row level security;`);
    this.addSql(`alter table "usage_totals" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "usage_totals" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "usage_totals" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "usage_voids" enable row level security;`);
    this.addSql(`alter table "usage_voids" force row level security;`);
    this.addSql(
      `create policy "tenant_isolation" on "usage_voids" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`,
    );
    this.addSql(`create policy "staff_access" on "usage_voids" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "users" enable row level security;`);
    this.addSql(`alter table "users" force row level security;`);
    this.addSql(
      `create policy "tenant_reads_members" on "users" for select to "qlp_tenant" using (exists (select from members where members.user_id = users.id and members.organization_id = nullif(current_setting('app.organization_id', true), '')::uuid));`,
    );
    this.addSql(`create policy "staff_access" on "users" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "api_keys" cascade;`);
    this.addSql(`drop table if exists "audit_entries" cascade;`);
    this.addSql(`drop table if exists "billing_periods" cascade;`);
    this.addSql(`drop table if exists "demo_seed" cascade;`);
    this.addSql(`drop table if exists "invitations" cascade;`);
    this.addSql(`drop table if exists "sessions" cascade;`);
    this.addSql(`drop table if exists "mails" cascade;`);
    this.addSql(`drop table if exists "members" cascade;`);
    this.addSql(`drop table if exists "organizations" cascade;`);
    this.addSql(`drop table if exists "passwords" cascade;`);
    this.addSql(`drop table if exists "password_resets" cascade;`);
    this.addSql(`drop table if exists "plan_versions" cascade;`);
    this.addSql(`drop table if exists "price_overrides" cascade;`);
    this.addSql(`drop table if exists "rating_adjustments" cascade;`);
    this.addSql(`drop table if exists "rejected_usage" cascade;`);
    this.addSql(`drop table if exists "sandbox_clock" cascade;`);
    this.addSql(`drop table if exists "service_keys" cascade;`);
    this.addSql(`drop table if exists "subscriptions" cascade;`);
    this.addSql(`drop table if exists "usage_days" cascade;`);
    this.addSql(`drop table if exists "usage_events" cascade;`);
    this.addSql(`drop table if exists "usage_totals" cascade;`);
    this.addSql(`drop table if exists "usage_voids" cascade;`);
    this.addSql(`drop table if exists "users" cascade;`);
  }
}
