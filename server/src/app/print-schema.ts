import { lexicographicSortSchema, printSchema } from "graphql";
import { buildBareSchema } from "./build-schema.ts";

process.stdout.write(`${printSchema(lexicographicSortSchema(buildBareSchema()))}\n`);
