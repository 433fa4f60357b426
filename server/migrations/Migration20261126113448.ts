import { Migration } from "@mikro-orm/migrations";

export class Migration20261126113448 extends Migration {
  override name = "Migration20261126113448";

  override up(): void | Promise<void> {
    this.addSql(
      `create table "stripe_meters" ("meter" text not null, "meter_id" text not null, "product_id" text not null, "price_id" text not null, "created_at" timestamptz not null, primary key ("meter"));`,
    );

    this.addSql(`alter table "meter_routes" drop constraint "meter_routes_pkey";`);
    this.addSql(`alter table "meter_routes" drop column "stripe_price_id";`);
    this.addSql(`alter table "meter_routes" add "chosen_at" timestamptz not null;`);
    this.addSql(`alter table "meter_routes" add primary key ("organization_id", "meter", "chosen_at");`);

    this.addSql(`alter table "stripe_subscriptions" add "metered_items" jsonb null;`);

    this.addSql(
      `create unique index "usage_charges_metered_line" on "usage_charges" ("organization_id", "invoice_id", "meter") where route = 'stripe_meter';`,
    );

    this.addSql(`alter table "stripe_meters" enable row level security;`);
    this.addSql(`alter table "stripe_meters" force row level security;`);
    this.addSql(`create policy "staff_access" on "stripe_meters" to "qlp_staff" using (true) with check (true);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "stripe_meters" cascade;`);

    this.addSql(`alter table "meter_routes" drop constraint "meter_routes_pkey";`);
    this.addSql(`alter table "meter_routes" drop column "chosen_at";`);
    this.addSql(`alter table "meter_routes" add "stripe_price_id" text null;`);
    this.addSql(`alter table "meter_routes" add primary key ("organization_id", "meter");`);

    this.addSql(`alter table "stripe_subscriptions" drop column "metered_items";`);

    this.addSql(`drop index "usage_charges_metered_line";`);
  }
}
