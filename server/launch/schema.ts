// Prints the schema from the code to schema.graphql. `pnpm schema`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildServer } from "./build.ts";
import { printSchema } from "./print-schema.ts";
import { root } from "./settings.ts";

await buildServer(new AbortController().signal);
await writeFile(join(root, "schema.graphql"), await printSchema());
