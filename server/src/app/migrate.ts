import { readConfig } from "../platform/config.ts";
import { migrateDatabase } from "./migrate-database.ts";

const config = readConfig(process.env);
await migrateDatabase(config.databaseAdminUrl, config.databaseUrl);
