import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { addressCheck, ownNetwork } from "./safe-address.ts";

/** Who asks: an address, of IPv6 the /64 that one household or server has. Undefined: nobody to be told from others. */
export type ReaderAddress = (remote: string | undefined, forwarded: string | undefined) => string | undefined;

/** Strangers' addresses come and go; the known ones are looked up once. */
const MOST_KNOWN = 10_000;
/** Only the end of the header is ours to believe: who asks may write before it what they like. */
const FORWARDED_CHARACTERS = 500;

/**
 * @param trustProxies networks (CIDR) of proxies whose X-Forwarded-For is believed. Without them, behind a proxy or a
 * container's gateway, everybody comes from one private address: that is nobody.
 */
export function readerAddress(trustProxies: readonly string[]): ReaderAddress {
  const isTrusted = ownNetwork(trustProxies);
  const isPrivate = addressCheck([]);
  const known = new Map<string, string | undefined>();

  function addressOf(remote: string, forwarded: string): string | undefined {
    const chain = isTrusted(remote) ? [...forwarded.split(",").map(bare), remote] : [remote];
    const address = chain.findLast((one) => !isTrusted(one)) ?? "";
    return isIP(address) === 0 || isPrivate(address) !== undefined ? undefined : networkOf(address);
  }

  return (remote = "", forwarded = "") => {
    const believed = trustProxies.length === 0 ? "" : forwarded.slice(-FORWARDED_CHARACTERS);
    const key = `${remote} ${believed}`;
    if (known.has(key)) return known.get(key);
    const address = addressOf(remote, believed);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, address);
    return address;
  };
}

/** Some proxies write the port, too: "192.0.2.1:4711", "[2001:db8::1]:4711". */
const bare = (part: string): string => part.trim().replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, "$1$2");

function networkOf(text: string): string {
  const address = ipaddr.process(text);
  return address.kind() === "ipv4" ? address.toString() : address.toByteArray().slice(0, 8).join(".");
}
