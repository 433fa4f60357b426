import { expect, test } from "vitest";
import { networkOf } from "./network.ts";

test.each([
  { address: "192.0.2.7", network: "192.0.2.7", why: "an IPv4 address is one customer" },
  { address: "::ffff:192.0.2.7", network: "192.0.2.7", why: "it is the same, however it came in" },
  { address: "2001:db8:1:2:3:4:5:6", network: "2001:db8:1:2", why: "a customer holds 64 bits of IPv6" },
  { address: "2001:DB8::1", network: "2001:db8:0:0", why: "zeros may be left out" },
  { address: "::1", network: "0:0:0:0", why: "also at the front" },
  { address: "fe80::1%eth0", network: "fe80:0:0:0", why: "a zone is no part of it" },
])("$address is of $network: $why", ({ address, network }) => {
  expect(networkOf(address)).toBe(network);
});
