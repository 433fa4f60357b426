// Runs at the start of each test file.
// type-graphql wants it in place before the first decorator runs.
import "reflect-metadata";
import { closeAfterFile } from "./after-file.ts";

closeAfterFile();
