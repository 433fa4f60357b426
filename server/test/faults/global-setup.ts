import { buildServer } from "../../launch/build.ts";

/** These tests kill the server as it is shipped: it is built first. */
export default async function setup(): Promise<void> {
  await buildServer(new AbortController().signal);
}
