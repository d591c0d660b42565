import { BlockList, isIP } from "node:net";

/** Names that mean something at home only (RFC 6761, 6762, 8375, 9476), and those of examples. */
const PRIVATE_NAMES: ReadonlySet<string> = new Set(
  "localhost local internal lan home corp intranet arpa onion alt test example invalid".split(" "),
);

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(network, bits, "ipv4");

const PUBLIC_IPV6 = new BlockList();
PUBLIC_IPV6.addSubnet("2000::", 3, "ipv6");

/** Whether strangers on the internet can be meant to call this address. Whether they get through, only they can tell. */
export function isPublicUrl(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, "");
  if (isIP(host) === 4) return !PRIVATE.check(host, "ipv4");
  if (isIP(host) === 6) return PUBLIC_IPV6.check(host, "ipv6");
  const labels = host.split(".");
  return labels.length > 1 && !PRIVATE_NAMES.has(labels.at(-1) ?? "");
}
