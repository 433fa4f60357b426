import { migrate } from "../platform/database/migrate.ts";
import { entities } from "./entities.ts";

/** Brings a database up to the product's schema. */
export const migrateDatabase = (adminUrl: string, loginUrl?: string): Promise<void> => migrate(adminUrl, entities, loginUrl);
