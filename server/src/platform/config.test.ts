import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

const needed = {
  DATABASE_URL: "postgres://user@db.example/qlp",
  JWT_KEYS: "current:0123456789012345678901234567890123456789",
};

const redisUrls = (REDIS_URL: string | undefined) => readConfig({ ...needed, REDIS_URL }).redisUrls;

describe("REDIS_URL", () => {
  test.each([
    { given: undefined, urls: [], why: "one process alone" },
    { given: "redis://cache.example:6380/2", urls: ["redis://cache.example:6380/2"], why: "one Redis" },
    { given: "rediss://user:p%2Cw@cache.example", urls: ["rediss://user:p%2Cw@cache.example"], why: "with TLS" },
    { given: "redis://a:1, redis://b:2", urls: ["redis://a:1", "redis://b:2"], why: "nodes of a cluster" },
  ])("$given is $why", ({ given, urls }) => {
    expect(redisUrls(given)).toEqual(urls);
  });

  test.each([
    { given: "cache.example:6379", why: "no URL" },
    { given: "http://cache.example", why: "not Redis" },
    { given: "redis://a:1,", why: "a node without a URL" },
    { given: "redis://a:1,rediss://b:2", why: "TLS for a part of a cluster" },
    { given: "redis://:x@a:1,redis://:y@b:2", why: "two log-ins for one cluster" },
    { given: "redis://a:1/2,redis://b:2/2", why: "a numbered database, which a cluster does not have" },
  ])("$given is refused by name: $why", ({ given }) => {
    expect(() => redisUrls(given)).toThrow(/REDIS_URL: must/);
  });
});
