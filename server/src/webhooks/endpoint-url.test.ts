import { expect, test } from "vitest";
import { resolveName } from "../platform/http/public-target.ts";
import { readEndpointUrl } from "./endpoint-url.ts";

const resolve = async (name: string): Promise<string[]> =>
  name === "localhost" ? resolveName(name) : [name === "inside.example" ? "10.0.0.7" : "8.8.8.8"];
const production = { allowLoopback: false, resolve };
const development = { allowLoopback: true, resolve };

test.each([
  ["https://example.com/hooks?of=qlp", "https://example.com/hooks?of=qlp"],
  ["  https://example.com  ", "https://example.com/"],
  ["https://example.com:8443/", "https://example.com:8443/"],
  ["https://8.8.8.8/", "https://8.8.8.8/"],
])("%s is saved as %s", async (text, saved) => {
  expect(await readEndpointUrl(text, production)).toBe(saved);
});

test.each([
  ["http://example.com/", "must begin with https://"],
  ["ftp://example.com/", "must begin with https://"],
  ["javascript:alert(1)", "must begin with https://"],
  ["example.com/hooks", "A URL such as"],
  ["", "A URL such as"],
  ["https://ada:secret@example.com/", "user name or password"],
  ["https://example.com/#part", "fragment"],
  ["https://example.com:25/", "port must be 443 or at least 1024"],
  ["https://example.com:80/", "port must be 443"],
  ["https://127.0.0.1/", "127.0.0.1 is not an address of the public internet"],
  ["https://2130706433/", "127.0.0.1 is not"],
  ["https://[::ffff:169.254.169.254]/", "is not an address of the public internet"],
  ["https://localhost/", "localhost leads to 127.0.0.1"],
  ["https://inside.example/", "inside.example leads to 10.0.0.7"],
])("%s is refused: %s", async (text, why) => {
  await expect(readEndpointUrl(text, production)).rejects.toThrow(why);
});

test("a URL of more than 2048 characters is refused", async () => {
  await expect(readEndpointUrl(`https://example.com/${"x".repeat(2_048)}`, production)).rejects.toThrow(
    "at most 2048 characters",
  );
});

test("in development this machine may be told, without encryption; a private network may not", async () => {
  expect(await readEndpointUrl("http://127.0.0.1:4100/hooks", development)).toBe("http://127.0.0.1:4100/hooks");
  expect(await readEndpointUrl("http://localhost:4100/", development)).toBe("http://localhost:4100/");
  await expect(readEndpointUrl("https://10.0.0.1/", development)).rejects.toThrow("not an address of the public");
});
