import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The project's root folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" });

// What the launcher itself acts on; the server reads and checks the rest (src/platform/config.ts).
const variables = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number("must be a port number").int().min(1).max(65_535).default(4000),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  JWT_KEYS: z.string().optional(),
  MASTER_KEYS: z.string().optional(),
  DEMO: z.enum(["0", "1"], "must be 0 or 1").optional(),
  DEMO_PASSWORD: z.string().optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRETS: z.string().optional(),
  STRIPE_LOCAL_PORT: z.coerce.number("must be a port number").int().min(1).max(65_535).optional(),
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
});

/** The environment of one start, checked. */
export type Settings = Omit<z.infer<typeof variables>, "DEMO"> & { readonly DEMO: boolean };

/** Reads the environment and, for what it does not name, `server/.env`; see `parseSettings`. */
export function readSettings(): Settings {
  const file = join(root, "server", ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  return parseSettings(process.env);
}

/**
 * Picks out the variables the launcher needs.
 *
 * @throws Error naming each variable that is malformed, and each one that production asks for
 */
export function parseSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(given);
  const faults = parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  if (!parsed.success || faults.length > 0) throw unusable(faults);

  const { DEMO, ...values } = parsed.data;
  const production = values.NODE_ENV === "production";
  if (production) {
    for (const name of ["JWT_KEYS", "MASTER_KEYS"] as const) {
      if (!values[name]) faults.push(`${name}: must be set with NODE_ENV=production, which refuses generated secrets`);
    }
    if (DEMO === "1") faults.push("DEMO: there is no demo with NODE_ENV=production");
  }
  if (values.DATABASE_ADMIN_URL && !values.DATABASE_URL) faults.push("DATABASE_URL: goes with DATABASE_ADMIN_URL");
  if (faults.length > 0) throw unusable(faults);

  const demo = DEMO ?? (values.DATABASE_URL || production ? "0" : "1");
  return { ...values, DATA_DIR: resolve(root, values.DATA_DIR), DEMO: demo === "1" };
}

const unusable = (faults: readonly string[]) => new Error(`The environment is not usable:\n  ${faults.join("\n  ")}`);
