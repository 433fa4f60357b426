import { Migration } from '@mikro-orm/migrations';

export class Migration20261122195142 extends Migration {

  override name = 'Migration20261122195142';

  override up(): void | Promise<void> {
    this.addSql(`create table "api_keys" ("organization_id" uuid not null, "id" uuid not null, "name" text not null, "prefix" text not null, "secret_hash" text not null, "scopes" text[] not null, "created_by" uuid null, "created_at" timestamptz not null, "last_used_at" timestamptz null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "replaced_by_id" uuid null, primary key ("organization_id", "id"));`);
    this.addSql(`create index "api_keys_secret_hash_index" on "api_keys" ("secret_hash");`);

    this.addSql(`create table "audit_entries" ("organization_id" uuid not null, "id" uuid not null, "at" timestamptz not null, "action" text not null, "actor_kind" text not null, "actor_id" uuid null, "actor" text not null, "staff" boolean not null, "target" text null, "detail" jsonb null, "request_id" text null, primary key ("organization_id", "id"));`);
    this.addSql(`create index "audit_entries_organization_id_at_id_index" on "audit_entries" ("organization_id", "at", "id");`);
    this.addSql(`create index "audit_entries_at_id_index" on "audit_entries" ("at", "id");`);

    this.addSql(`create table "invitations" ("organization_id" uuid not null, "id" uuid not null, "email" text not null, "role" text not null, "invited_by" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "accepted_at" timestamptz null, "revoked_at" timestamptz null, primary key ("organization_id", "id"));`);
    this.addSql(`create index "invitations_organization_id_email_index" on "invitations" ("organization_id", "email");`);

    this.addSql(`create table "sessions" ("id" uuid not null, "user_id" uuid not null, "organization_id" uuid null, "created_at" timestamptz not null, "last_seen_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, "ip_address" text null, "user_agent" text null, primary key ("id"));`);
    this.addSql(`create index "sessions_user_id_index" on "sessions" ("user_id");`);
    this.addSql(`create index "sessions_expires_at_index" on "sessions" ("expires_at");`);

    this.addSql(`create table "mails" ("id" uuid not null, "to" text not null, "subject" text not null, "text" text not null, "created_at" timestamptz not null, "sent_at" timestamptz null, "error" text null, primary key ("id"));`);
    this.addSql(`create index "mails_created_at_id_index" on "mails" ("created_at", "id");`);

    this.addSql(`create table "members" ("organization_id" uuid not null, "user_id" uuid not null, "role" text not null, "joined_at" timestamptz not null, primary key ("organization_id", "user_id"));`);
    this.addSql(`create index "members_user_id_index" on "members" ("user_id");`);

    this.addSql(`create table "organizations" ("id" uuid not null, "name" text not null, "created_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`create index "organizations_name_index" on "organizations" ("name");`);

    this.addSql(`create table "passwords" ("user_id" uuid not null, "hash" text not null, "changed_at" timestamptz not null, primary key ("user_id"));`);

    this.addSql(`create table "password_resets" ("id" uuid not null, "user_id" uuid not null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "password_resets_token_hash_index" on "password_resets" ("token_hash");`);
    this.addSql(`create index "password_resets_user_id_index" on "password_resets" ("user_id");`);

    this.addSql(`create table "service_keys" ("id" uuid not null, "name" text not null, "prefix" text not null, "secret_hash" text not null, "scopes" text[] not null, "created_by" uuid null, "created_at" timestamptz not null, "last_used_at" timestamptz null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "replaced_by_id" uuid null, primary key ("id"));`);
    this.addSql(`create index "service_keys_secret_hash_index" on "service_keys" ("secret_hash");`);

    this.addSql(`create table "users" ("id" uuid not null, "email" text not null, "staff_role" text null, "created_at" timestamptz not null, "last_seen_at" timestamptz null, primary key ("id"));`);
    this.addSql(`alter table "users" add constraint "users_email_unique" unique ("email");`);

    this.addSql(`alter table "api_keys" enable row level security;`);
    this.addSql(`alter table "api_keys" force row level security;`);
    this.addSql(`create policy "tenant_isolation" on "api_keys" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`);
    this.addSql(`create policy "staff_access" on "api_keys" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "audit_entries" enable row level security;`);
    this.addSql(`alter table "audit_entries" force row level security;`);
    this.addSql(`create policy "tenant_isolation" on "audit_entries" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`);
    this.addSql(`create policy "staff_access" on "audit_entries" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "invitations" enable row level security;`);
    this.addSql(`alter table "invitations" force row level security;`);
    this.addSql(`create policy "tenant_isolation" on "invitations" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`);
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
    this.addSql(`create policy "tenant_isolation" on "members" to "qlp_tenant" using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);`);
    this.addSql(`create policy "staff_access" on "members" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "organizations" enable row level security;`);
    this.addSql(`alter table "organizations" force row level security;`);
    this.addSql(`create policy "tenant_isolation" on "organizations" to "qlp_tenant" using (id = nullif(current_setting('app.organization_id', true), '')::uuid) with check (id = nullif(current_setting('app.organization_id', true), '')::uuid);`);
    this.addSql(`create policy "staff_access" on "organizations" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "passwords" enable row level security;`);
    this.addSql(`alter table "passwords" force row level security;`);
    this.addSql(`create policy "staff_access" on "passwords" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "password_resets" enable row level security;`);
    this.addSql(`alter table "password_resets" force row level security;`);
    this.addSql(`create policy "staff_access" on "password_resets" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "service_keys" enable row level security;`);
    this.addSql(`alter table "service_keys" force row level security;`);
    this.addSql(`create policy "staff_access" on "service_keys" to "qlp_staff" using (true) with check (true);`);

    this.addSql(`alter table "users" enable row level security;`);
    this.addSql(`alter table "users" force row level security;`);
    this.addSql(`create policy "tenant_reads_members" on "users" for select to "qlp_tenant" using (exists (select from members where members.user_id = users.id and members.organization_id = nullif(current_setting('app.organization_id', true), '')::uuid));`);
    this.addSql(`create policy "staff_access" on "users" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "api_keys" cascade;`);
    this.addSql(`drop table if exists "audit_entries" cascade;`);
    this.addSql(`drop table if exists "invitations" cascade;`);
    this.addSql(`drop table if exists "sessions" cascade;`);
    this.addSql(`drop table if exists "mails" cascade;`);
    this.addSql(`drop table if exists "members" cascade;`);
    this.addSql(`drop table if exists "organizations" cascade;`);
    this.addSql(`drop table if exists "passwords" cascade;`);
    this.addSql(`drop table if exists "password_resets" cascade;`);
    this.addSql(`drop table if exists "service_keys" cascade;`);
    this.addSql(`drop table if exists "users" cascade;`);
  }

}
