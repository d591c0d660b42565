import { Resolver, lookup as systemLookup } from "node:dns/promises";
import { type Duration, SECOND } from "../model/time.ts";
import type { Lookup } from "./safe-address.ts";

const PATIENCE: Duration = 2 * SECOND;
const TRIES = 2;

/**
 * Looks up names that strangers choose. The system's own lookup has two threads in a process: two names whose servers
 * never answer would keep all polls waiting. Here name servers are asked directly, any number at once; of /etc/hosts
 * only what has no dot is known.
 * @param servers instead of the system's
 */
export function ownLookup(servers?: readonly string[]): Lookup {
  const resolver = new Resolver({ timeout: PATIENCE, tries: TRIES });
  if (servers !== undefined) resolver.setServers(servers);
  return async (hostname) => {
    if (!hostname.includes(".")) return await systemLookup(hostname, { all: true });
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = [
      ...(ipv4.status === "fulfilled" ? ipv4.value.map((address) => ({ address, family: 4 })) : []),
      ...(ipv6.status === "fulfilled" ? ipv6.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (addresses.length === 0 && ipv4.status === "rejected") throw ipv4.reason;
    return addresses;
  };
}
