import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** The internet's own addresses; the rest of IPv6 is reserved, or stands for IPv4 in ways of its own. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address is one of the public internet: no private, loopback, link-local, shared,
 * multicast or reserved one, and none that wraps or translates an IPv4 address.
 *
 * @param address an IPv4 or IPv6 address; anything else is not public
 * @param allowLoopback whether this machine's own addresses are let through, in development
 */
export function isPublicAddress(address: string, allowLoopback = false): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (allowLoopback && parsed.range() === "loopback") return true;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST)) return false;
  return parsed.range() === "unicast";
}

/** All addresses of a name; none when it has none. */
export type Resolve = (name: string) => Promise<string[]>;

/** Asking takes at most this long for each try; the resolver's threads are its own, not those of files and passwords. */
const DNS_PATIENCE = { timeout: 2_000, tries: 2 };

export const resolveName: Resolve = async (name) => {
  // The name of this machine is no question for the network (RFC 6761).
  if (name === "localhost" || name.endsWith(".localhost")) return ["127.0.0.1"];
  const resolver = new Resolver(DNS_PATIENCE);
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
};

/** Why nothing is sent to a host. */
export class TargetNotPublic extends Error {}

/**
 * The addresses of a host, all of which are public.
 *
 * @param host as in a URL: a name, or an address in whatever spelling
 * @throws TargetNotPublic when it has no address, or one that is not public
 */
export async function publicAddresses(
  host: string,
  { allowLoopback, resolve = resolveName }: { readonly allowLoopback: boolean; readonly resolve?: Resolve | undefined },
): Promise<readonly string[]> {
  const literal = host.replace(/^\[|\]$/g, "");
  const addresses = isIP(literal) === 0 ? await resolve(literal) : [literal];
  if (addresses.length === 0) throw new TargetNotPublic(`${literal} has no address in the DNS.`);
  const refused = addresses.find((address) => !isPublicAddress(address, allowLoopback));
  if (refused !== undefined)
    throw new TargetNotPublic(
      refused === literal
        ? `${literal} is not an address of the public internet.`
        : `${literal} leads to ${refused}, which is not an address of the public internet.`,
    );
  return addresses;
}
