import { expect, test } from "vitest";
import { isPublicAddress, publicAddresses, TargetNotPublic } from "./public-target.ts";

test.each([
  ["10.1.2.3", "private"],
  ["172.16.0.1", "private"],
  ["192.168.1.1", "private"],
  ["127.0.0.1", "loopback"],
  ["127.9.9.9", "loopback"],
  ["0.0.0.0", "this host"],
  ["0.1.2.3", "this network"],
  ["169.254.169.254", "link-local: clouds tell secrets there"],
  ["100.64.0.1", "shared by a provider's customers"],
  ["192.0.0.8", "reserved"],
  ["192.0.2.1", "documentation"],
  ["198.18.0.1", "benchmarks"],
  ["224.0.0.1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["::7f00:1", "wraps IPv4 loopback in the old way"],
  ["::ffff:127.0.0.1", "IPv4-mapped"],
  ["::ffff:8.8.8.8", "IPv4-mapped, also of a public one"],
  ["::ffff:0:10.0.0.1", "translated"],
  ["64:ff9b::7f00:1", "NAT64"],
  ["2002:7f00:1::", "6to4"],
  ["2001::1", "Teredo"],
  ["2001:db8::1", "documentation"],
  ["fc00::1", "unique local"],
  ["fe80::1", "link-local"],
  ["fe80::1%eth0", "link-local with a zone"],
  ["fec0::1", "site-local"],
  ["ff02::1", "multicast"],
  ["4000::1", "not assigned"],
  ["example.com", "no address"],
  ["", "nothing"],
  ["0x7f.1", "a spelling that only some readers know"],
])("%s is not public: %s", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001:80b::200e"])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(["127.0.0.1", "::1"])("%s is let through in development, and nothing else private is", (address) => {
  expect(isPublicAddress(address, true)).toBe(true);
  for (const other of ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1"])
    expect(isPublicAddress(other, true)).toBe(false);
});

const strict = { allowLoopback: false };

test("a name is public only when all that the DNS says of it is", async () => {
  const resolve = async (): Promise<string[]> => ["8.8.8.8", "2606:4700::1111"];
  expect(await publicAddresses("good.example", { ...strict, resolve })).toEqual(["8.8.8.8", "2606:4700::1111"]);
  await expect(
    publicAddresses("mixed.example", { ...strict, resolve: async () => ["8.8.8.8", "10.0.0.7"] }),
  ).rejects.toThrow(
    new TargetNotPublic("mixed.example leads to 10.0.0.7, which is not an address of the public internet."),
  );
  await expect(publicAddresses("none.example", { ...strict, resolve: async () => [] })).rejects.toThrow(
    "none.example has no address in the DNS.",
  );
});

test("this machine's own name, and addresses in brackets, are known without asking anybody", async () => {
  await expect(publicAddresses("localhost", strict)).rejects.toThrow("leads to 127.0.0.1");
  await expect(publicAddresses("[::ffff:7f00:1]", strict)).rejects.toThrow("::ffff:7f00:1 is not an address");
  expect(await publicAddresses("[::1]", { allowLoopback: true })).toEqual(["::1"]);
});
