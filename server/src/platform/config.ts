import { z } from "zod";
import { apiUrl } from "./database/api-url.ts";

const port = z.coerce.number().int().min(1).max(65_535);

/** `kid:secret` pairs; the first signs, all verify. */
const jwtKeys = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((pair) => ({ id: pair.slice(0, pair.indexOf(":")), secret: pair.slice(pair.indexOf(":") + 1) })),
  )
  .refine((keys) => keys.every(({ id, secret }) => /^[\w-]{1,64}$/.test(id) && secret.length >= 32), {
    message: "must be kid:secret pairs, comma separated, each secret at least 32 characters long",
  });

const MASTER_KEY_BYTES = 32;

/** `id:base64` pairs; the first seals, all open. */
const masterKeys = z
  .string()
  .transform((text) =>
    text.split(",").map((pair) => ({
      id: pair.slice(0, pair.indexOf(":")),
      key: Buffer.from(pair.slice(pair.indexOf(":") + 1), "base64"),
    })),
  )
  .refine((keys) => keys.every(({ id, key }) => /^[\w-]{1,64}$/.test(id) && key.length === MASTER_KEY_BYTES), {
    message: "must be id:base64 pairs, comma separated, each key 256 bits long",
  });

const apiLimits = z
  .string()
  .regex(/^(key|service|address)=\d+(,(key|service|address)=\d+)*$/, "must look like key=60000,service=0,address=600")
  .transform((text) => {
    const given = new Map(
      text.split(",").map((part): [string, number] => {
        const [name = "", value = "0"] = part.split("=");
        return [name, Number.parseInt(value, 10)];
      }),
    );
    return {
      key: given.get("key") ?? 60_000,
      service: given.get("service") ?? 0,
      address: given.get("address") ?? 600,
    };
  });

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" });

/** One Redis, or some nodes of a cluster, which have one log-in. */
const redisUrls = z
  .string()
  .transform((text) => text.split(",").map((url) => url.trim()))
  .refine((urls) => urls.every((url) => URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)), {
    message: "must be a redis:// or rediss:// URL, or those of a cluster's nodes, comma separated",
    abort: true,
  })
  .refine((urls) => new Set(urls.map(logInOf)).size === 1, {
    message: "must have the same protocol, user and password for each node of a cluster",
  })
  .refine((urls) => urls.length === 1 || urls.every((url) => /^\/?$/.test(new URL(url).pathname)), {
    message: "must have no numbered database for nodes of a cluster",
  });

const logInOf = (url: string): string => {
  const { protocol, username, password } = new URL(url);
  return JSON.stringify([protocol, username, password]);
};

const variables = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(4000),
  DATABASE_URL: postgresUrl,
  DATABASE_ADMIN_URL: postgresUrl.optional(),
  REDIS_URL: redisUrls.default([]),
  JWT_KEYS: jwtKeys,
  MASTER_KEYS: masterKeys.default([]),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// URL" }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional(),
  SELLER: z.string().min(1).default("QLP"),
  DEMO_PASSWORD: z.string().min(8).default("qlp-demo-password"),
  API_LIMITS: apiLimits.prefault("key=60000,service=0,address=600"),
  METRICS_TOKEN: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  ROLE: z.enum(["all", "api", "worker"]).default("all"),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, "must be one of Stripe's secret keys, sk_test_... or sk_live_...")
    .optional(),
  STRIPE_WEBHOOK_SECRETS: z
    .string()
    .transform((text) => text.split(",").map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => /^whsec_[^\s,]+$/.test(secret)), {
      message: "must be one or more of Stripe's signing secrets, whsec_..., comma separated",
    })
    .default([]),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional(),
  STRIPE_LOCAL_PORT: z.coerce.number().int().min(0).max(65_535).default(12_111),
  WEBHOOKS_ALLOW_LOOPBACK: z.enum(["0", "1"], "must be 0 or 1").default("0"),
});

export type Config = {
  readonly host: string;
  readonly port: number;
  /** Where the API logs in: a role that owns no table and cannot bypass row-level security. */
  readonly databaseUrl: string;
  /** Where migrations and the job queue log in: the owner of the schema. */
  readonly databaseAdminUrl: string;
  /** Where limits on the rate are shared: none for one process alone, one Redis, or several nodes of a cluster. */
  readonly redisUrls: readonly string[];
  readonly jwtKeys: readonly { readonly id: string; readonly secret: string }[];
  /** What the tenants' secrets are sealed with; none when nothing has to be sealed. */
  readonly masterKeys: readonly { readonly id: string; readonly key: Buffer }[];
  readonly smtpUrl: string | null;
  readonly publicUrl: string;
  /** Name and address on invoices, line by line. */
  readonly seller: readonly string[];
  readonly demoPassword: string;
  readonly apiLimits: { readonly key: number; readonly service: number; readonly address: number };
  readonly metricsToken: string | null;
  readonly logLevel: string;
  readonly production: boolean;
  readonly role: "all" | "api" | "worker";
  /** True while time may be moved: never with a Stripe key. */
  readonly sandbox: boolean;
  readonly stripe: StripeConfig;
  /** True while customers' webhooks may go to this machine, and without encryption: never in production. */
  readonly webhooksAllowLoopback: boolean;
};

export type StripeConfig = {
  readonly secretKey: string;
  /** All that are valid now; two during rotation. */
  readonly webhookSecrets: readonly string[];
  /** Where the library sends requests; null: to Stripe. */
  readonly apiBase: string | null;
  /** Where the stand-in takes orders about its clock; null with a Stripe key. */
  readonly standIn: string | null;
};

/**
 * Reads the environment once, at start.
 *
 * @throws Error naming each variable that is missing or malformed, and what would be right
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new Error(`The environment is not usable:\n${faults.join("\n")}`);
  }
  const value = parsed.data;
  const databaseAdminUrl = value.DATABASE_ADMIN_URL ?? value.DATABASE_URL;
  return {
    host: value.HOST,
    port: value.PORT,
    databaseUrl: sameLogIn(value.DATABASE_URL, databaseAdminUrl) ? apiUrl(databaseAdminUrl) : value.DATABASE_URL,
    databaseAdminUrl,
    redisUrls: value.REDIS_URL,
    jwtKeys: value.JWT_KEYS,
    masterKeys: value.MASTER_KEYS,
    smtpUrl: value.SMTP_URL ?? null,
    publicUrl: (value.PUBLIC_URL ?? `http://${value.HOST}:${value.PORT}`).replace(/\/+$/, ""),
    seller: value.SELLER.split("|").map((line) => line.trim()),
    demoPassword: value.DEMO_PASSWORD,
    apiLimits: value.API_LIMITS,
    metricsToken: value.METRICS_TOKEN ?? null,
    logLevel: value.LOG_LEVEL,
    production: value.NODE_ENV === "production",
    role: value.ROLE,
    sandbox: value.STRIPE_SECRET_KEY === undefined,
    stripe: stripeConfig(value),
    webhooksAllowLoopback: allowsLoopback(value),
  };
}

function allowsLoopback({ WEBHOOKS_ALLOW_LOOPBACK, NODE_ENV }: z.infer<typeof variables>): boolean {
  const allowed = WEBHOOKS_ALLOW_LOOPBACK === "1";
  if (allowed && NODE_ENV === "production")
    throw new Error(
      "The environment is not usable:\n  WEBHOOKS_ALLOW_LOOPBACK: in production no webhook goes to this machine",
    );
  return allowed;
}

/** The key of the stand-in, which is nobody's secret: it listens on this machine only. */
const STAND_IN_KEY = "sk_test_local";

function stripeConfig({
  STRIPE_SECRET_KEY: key,
  STRIPE_API_BASE: base,
  STRIPE_WEBHOOK_SECRETS: webhookSecrets,
  STRIPE_LOCAL_PORT: localPort,
}: z.infer<typeof variables>): StripeConfig {
  if (base !== undefined && key?.includes("_live_"))
    throw new Error("The environment is not usable:\n  STRIPE_API_BASE: a live key goes to Stripe and nowhere else");
  const standIn = key === undefined ? `http://127.0.0.1:${localPort}` : null;
  return { secretKey: key ?? STAND_IN_KEY, webhookSecrets, apiBase: base ?? standIn, standIn };
}

const sameLogIn = (a: string, b: string): boolean => new URL(a).username === new URL(b).username;
