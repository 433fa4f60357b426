import { join } from "node:path";
import { run } from "./child.ts";
import { root } from "./settings.ts";

/** The schema as the built server has it, as text that ends with a line break. */
export async function printSchema(): Promise<string> {
  const printed = await run(process.execPath, ["dist/app/print-schema.js"], { cwd: join(root, "server") });
  return `${printed.trim()}\n`;
}
