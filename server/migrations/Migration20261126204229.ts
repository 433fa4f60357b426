import { Migration } from "@mikro-orm/migrations";

export class Migration20261126204229 extends Migration {
  override name = "Migration20261126204229";

  override up(): void | Promise<void> {
    this.addSql(`alter table "usage_events" add "key_prefix" text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "usage_events" drop column "key_prefix";`);
  }
}
