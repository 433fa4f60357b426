import { randomBytes } from "node:crypto";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataFolder } from "../../launch/postgres/cluster.ts";
import { postmasterPid } from "../../launch/postgres/leftover.ts";
import { type PostgresPlan, type RunningPostgres, startPostgres } from "../../launch/postgres/start-postgres.ts";
import { postgresUser } from "../../launch/postgres/system-user.ts";
import { migrateDatabase } from "../../src/app/migrate-database.ts";

/** A PostgreSQL as durable as the product's own, that can be killed, paused and started again on what it had stored. */
export class KillablePostgres {
  readonly #plan: PostgresPlan;
  #running: RunningPostgres;

  private constructor(plan: PostgresPlan, running: RunningPostgres) {
    this.#plan = plan;
    this.#running = running;
  }

  /** Starts one with a migrated database, in the folder for temporary files, which goes with the test run. */
  static async start(): Promise<KillablePostgres> {
    const user = postgresUser();
    const home = await mkdtemp(join(tmpdir(), "killable-postgres-"));
    await chmod(home, 0o755);
    if (user) await chown(home, user.uid, user.gid);
    const password = randomBytes(18).toString("base64url");
    const plan = { home, user, logFile: join(home, "log"), password, port: null, isKept: true, isDurable: true };
    const postgres = new KillablePostgres(plan, await startPostgres(plan));
    await migrateDatabase(postgres.url);
    return postgres;
  }

  get url(): string {
    return this.#running.urlOf("postgres");
  }

  /** kill -9 of the server, which takes its processes along. */
  async kill(): Promise<void> {
    process.kill(this.#pid, "SIGKILL");
    await this.#running.gone;
  }

  /** Starts it again where it was. */
  async startAgain(): Promise<void> {
    this.#running = await startPostgres({ ...this.#plan, port: this.#running.port });
  }

  /** Connections stay, and nothing answers any more. */
  pause(): void {
    this.#signalAll("SIGSTOP");
  }

  resume(): void {
    this.#signalAll("SIGCONT");
  }

  async stop(): Promise<void> {
    await this.#running.stop();
    await rm(this.#plan.home, { recursive: true, force: true });
  }

  get #pid(): number {
    const pid = postmasterPid(dataFolder(this.#plan.home));
    if (pid === null) throw new Error("PostgreSQL does not run");
    return pid;
  }

  /** The server first, so that it starts no process that would be missed. */
  #signalAll(signal: NodeJS.Signals): void {
    const parent = this.#pid;
    process.kill(parent, signal);
    for (const pid of childrenOf(parent)) signalIfThere(pid, signal);
  }
}

/** Children come and go: one may have ended since it was seen. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Processes that another one has started. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  try {
    // The name, in brackets, may hold anything; after it come the state and the parent.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const after = stat.slice(stat.lastIndexOf(") ") + 2);
    return Number(after.split(" ")[1]);
  } catch {
    return null;
  }
}
