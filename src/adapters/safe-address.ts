import { lookup as dnsLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { rootCertificates } from "node:tls";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";
import type { Duration } from "../model/time.ts";

interface Address {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type Lookup = (hostname: string) => Promise<readonly Address[]>;

export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  readonly code: "blocked-address" | "blocked-port";

  constructor(code: AddressRefused["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** 2000::/3 is all that IANA has given out for public use; "::7f00:1" and its like are not in it. */
const PUBLIC_IPV6 = ipaddr.parseCIDR("2000::/3");

/**
 * Connects only to public addresses on the given ports, and to `allowNetworks` (CIDR), by address on any port. Names
 * are resolved once, by the connection itself, so what was checked is what is connected to (facts ); a
 * literal never reaches the lookup and is checked before.
 */
export function safeConnector(options: {
  readonly allowNetworks: readonly string[];
  readonly ports: readonly number[];
  readonly nat64Prefix?: string;
  readonly timeout: Duration;
  readonly allowH2: boolean;
  readonly lookup?: Lookup;
  readonly ca?: string;
}): buildConnector.connector {
  const { allowNetworks, nat64Prefix, timeout, allowH2, ca } = options;
  const refusal = addressCheck(allowNetworks, nat64Prefix);
  const refusedAtOnce = targetCheck(options);
  const connect = buildConnector({
    timeout,
    allowH2,
    // said here, no variable of the environment turns it off (facts A-32)
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    lookup: checkedLookup(options.lookup ?? allAddresses, refusal),
  } as buildConnector.BuildOptions);

  return (target, callback) => {
    const refused = refusedAtOnce(target);
    if (refused !== undefined) callback(refused, null);
    else connect(target, callback);
  };
}

/** @returns a check of what can be said before a name is looked up: why nobody will connect to it, or undefined */
export function targetCheck(options: {
  readonly allowNetworks: readonly string[];
  readonly ports: readonly number[];
  readonly nat64Prefix?: string;
}): (target: Target) => AddressRefused | undefined {
  const refusal = addressCheck(options.allowNetworks, options.nat64Prefix);
  const isAllowed = ownNetwork(options.allowNetworks);
  return (target) => {
    const literal = bare(target.hostname);
    return isAllowed(literal) ? undefined : (refusedPort(target, options.ports) ?? refusedLiteral(literal, refusal));
  };
}

/** A URL is one. */
type Target = Pick<buildConnector.Options, "protocol" | "port" | "hostname">;

/** @returns whether a host, as a URL has it, is an address in one of the networks that the operator has opened */
export function ownNetwork(allowNetworks: readonly string[]): (hostname: string) => boolean {
  const isWithinOne = withinOneOf(allowNetworks);
  return (hostname) => isWithinOne(bare(hostname));
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, "");

const REMEDY = "poll.allowNetworks (RESSORT_ALLOW_NETWORKS) opens it";

/**
 * @param nat64Prefix a /96: an address in it is judged by the IPv4 address that it stands for (RFC 6052)
 * @returns a check that says why an address must not be connected to, or undefined where it may
 */
export function addressCheck(
  allowNetworks: readonly string[],
  nat64Prefix?: string,
): (address: string) => string | undefined {
  const isAllowed = withinOneOf(allowNetworks);
  const isTranslated = withinOneOf(nat64Prefix === undefined ? [] : [nat64Prefix]);
  return (text) => {
    if (!ipaddr.isValid(text)) return `${text} is no address`;
    if (isAllowed(text)) return undefined;
    const address = isTranslated(text) ? ipv4Within(text) : ipaddr.process(text);
    const range = address.range();
    if (range !== "unicast") return `${text} is not public: ${range}; ${REMEDY}`;
    const isPublic = address.kind() === "ipv4" || isWithin(address, PUBLIC_IPV6);
    return isPublic ? undefined : `${text} is not public: outside 2000::/3; ${REMEDY}`;
  };
}

const ipv4Within = (text: string): ipaddr.IPv4 => new ipaddr.IPv4(ipaddr.IPv6.parse(text).toByteArray().slice(-4));

function withinOneOf(networks: readonly string[]): (text: string) => boolean {
  const ranges = networks.map((network) => ipaddr.parseCIDR(network));
  return (text) => ipaddr.isValid(text) && ranges.some((range) => isWithin(ipaddr.process(text), range));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: readonly [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === network[0].kind() && address.match(network[0], network[1]);
}

function refusedPort({ protocol, port, hostname }: Target, ports: readonly number[]): AddressRefused | undefined {
  const number = Number(port) || (protocol === "https:" ? 443 : 80);
  return ports.includes(number)
    ? undefined
    : new AddressRefused("blocked-port", `port ${number} of ${hostname} is not among poll.ports (RESSORT_POLL_PORTS)`);
}

function refusedLiteral(literal: string, refusal: (address: string) => string | undefined) {
  const why = isIP(literal) === 0 ? undefined : refusal(literal);
  return why === undefined ? undefined : new AddressRefused("blocked-address", why);
}

/** One private address among public ones is enough to refuse the name: nobody says which one a later connection takes. */
function checkedLookup(lookup: Lookup, refusal: (address: string) => string | undefined): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const why = addresses.map(({ address }) => refusal(address)).find((reason) => reason !== undefined);
        if (why !== undefined) callback(new AddressRefused("blocked-address", `${hostname}: ${why}`), "");
        else if (first === undefined) callback(new Error(`${hostname} has no address`), "");
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, ""),
    );
  };
}

const allAddresses: Lookup = (hostname) => dnsLookup(hostname, { all: true });
