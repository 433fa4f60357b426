import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSettings, root } from "./settings.ts";

describe("the environment of a start", () => {
  test.each([
    { given: { PORT: "70000" }, named: "PORT", why: "there is no such port" },
    { given: { PORT: "http" }, named: "PORT", why: "a port is a number" },
    { given: { DEMO: "yes" }, named: "DEMO", why: "it is 0 or 1" },
    { given: { DATABASE_URL: "mysql://localhost/qlp" }, named: "DATABASE_URL", why: "it is PostgreSQL" },
    { given: { DATABASE_ADMIN_URL: "postgres://a@b/c" }, named: "DATABASE_URL", why: "the one goes with the other" },
    { given: { NODE_ENV: "production" }, named: "JWT_KEYS", why: "production generates no secrets" },
    {
      given: { NODE_ENV: "production", JWT_KEYS: "k", MASTER_KEYS: "m", DEMO: "1" },
      named: "DEMO",
      why: "production has no demo",
    },
  ])("$named is refused by name: $why", ({ given, named }) => {
    expect(() => parseSettings(given)).toThrow(new RegExp(`not usable:[^]*  ${named}: `));
  });

  test("an empty variable counts as not set", () => {
    expect(parseSettings({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 4000, DEMO: true });
  });

  test("the demo belongs to the embedded database, unless asked for", () => {
    const DATABASE_URL = "postgres://qlp@db.example/qlp";
    expect(parseSettings({}).DEMO).toBe(true);
    expect(parseSettings({ DATABASE_URL }).DEMO).toBe(false);
    expect(parseSettings({ DATABASE_URL, DEMO: "1" }).DEMO).toBe(true);
  });

  test("a data folder without a leading slash lies in the project, wherever the command is given", () => {
    expect(parseSettings({}).DATA_DIR).toBe(join(root, ".data"));
    expect(parseSettings({ DATA_DIR: "/srv/qlp" }).DATA_DIR).toBe("/srv/qlp");
  });
});
