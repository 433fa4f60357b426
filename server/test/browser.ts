import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { withLock } from "../launch/lock.ts";

type Candidate = { readonly executablePath: string; readonly env?: Record<string, string> };

const installedNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macApplication = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless browser with a profile of its own, gone when it is closed.
 *
 * Looked for in this order: CHROMIUM_PATH, an installed Chromium or Chrome, the one that comes as an npm package.
 *
 * @throws Error of each browser tried when none starts
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return launch({ executablePath: given });

  const faults: unknown[] = [];
  for (const executablePath of installed()) {
    try {
      return await launch({ executablePath });
    } catch (error) {
      // Some systems put a script there that only says how to install the browser.
      faults.push(error);
    }
  }
  try {
    return await launch(await packaged());
  } catch (error) {
    throw new AggregateError([...faults, error], `No browser starts; set CHROMIUM_PATH. ${String(error)}`);
  }
}

const launch = ({ executablePath, env }: Candidate): Promise<Browser> =>
  chromium.launch({ executablePath, args: flags, env: { ...process.env, ...homeless(), ...env } });

/** What a browser or its libraries keep for the next time goes where this run's temporary files go. */
const homeless = () => ({ HOME: tmpdir(), XDG_CACHE_HOME: tmpdir(), XDG_CONFIG_HOME: tmpdir() });

function installed(): string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const paths = installedNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, macApplication].filter((path) => existsSync(path));
}

/**
 * Unpacks `@sparticuz/chromium` once, beside the installed packages.
 *
 * The package is made for a bare Amazon Linux: it brings the libraries (NSS, NSPR, Expat) and the font a browser
 * cannot do without. Its own way of unpacking would leave all of it in the folder for temporary files.
 */
async function packaged(): Promise<Candidate> {
  const root = dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
  const cache = fileURLToPath(new URL("../../node_modules/.cache/chromium", import.meta.url));
  await withLock(`${cache}.lock`, async () => {
    if (!existsSync(cache)) await unpack(join(root, "bin"), cache);
  });
  return {
    executablePath: join(cache, "chromium"),
    env: { LD_LIBRARY_PATH: join(cache, "al2023", "lib"), FONTCONFIG_FILE: join(cache, "fonts.conf") },
  };
}

async function unpack(archives: string, target: string): Promise<void> {
  const { inflate } = await import("@sparticuz/chromium");
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });

  // It unpacks into the folder for temporary files, whichever that is at the moment.
  const usual = process.env["TMPDIR"];
  process.env["TMPDIR"] = fresh;
  try {
    const names = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];
    await Promise.all(names.map((name) => inflate(join(archives, name))));
  } finally {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
  }
  const folders = [join(target, "fonts"), "/usr/share/fonts"].map((folder) => `<dir>${folder}</dir>`).join("");
  await writeFile(
    join(fresh, "fonts.conf"),
    `<fontconfig>${folders}<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>`,
  );
  await rename(fresh, target);
}
