import type { NoAnswer } from "../model/answer.ts";
import { AddressRefused } from "./safe-address.ts";

export const trouble = (code: string, why: string): NoAnswer => ({ kind: "failed", code, why });

/** undici's, Node's and zlib's codes in our own few, which end up in states, metrics and on pages. */
const CODES: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: "connect-timeout",
  ETIMEDOUT: "connect-timeout",
  UND_ERR_HEADERS_TIMEOUT: "headers-timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  UND_ERR_HEADERS_OVERFLOW: "headers-too-large",
  HPE_HEADER_OVERFLOW: "headers-too-large",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "cut-off",
  UND_ERR_SOCKET: "cut-off",
  ECONNRESET: "cut-off",
  EPIPE: "cut-off",
  UND_ERR_INVALID_ARG: "bad-request",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  EAI_NODATA: "dns",
  ECONNREFUSED: "connect",
  EHOSTUNREACH: "connect",
  ENETUNREACH: "connect",
  EADDRNOTAVAIL: "connect",
  EPROTO: "tls",
};

/** A certificate that does not hold is the publisher's, and often the operator's to judge; a failed handshake is neither. */
const CERTIFICATE = /CERT|VERIFY|ISSUER|SELF_SIGNED|CRL/;

/** The server offered HTTP/2 and then did not speak it well. */
export function isHttp2Trouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("ERR_HTTP2") || /\bHTTP\/2\b|\bNGHTTP2_/.test(error.message) || isHttp2Trouble(error.cause);
}

/** What went wrong on the wire. Whatever it was, it is the publisher's or the network's and ends as a value. */
export function troubleOf(error: unknown): NoAnswer {
  if (!(error instanceof Error)) return trouble("network", String(error));
  if (error instanceof AddressRefused) return trouble(error.code, error.message);
  return trouble(codeOf(error), whyOf(error));
}

function codeOf(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (isHttp2Trouble(error)) return "protocol";
  if (CODES[code] !== undefined) return CODES[code];
  if (error.name === "HTTPParserError") return "protocol";
  if (CERTIFICATE.test(code)) return "certificate";
  if (code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL")) return "tls";
  return "network";
}

/** AggregateError (every address of a name failed) has an empty message of its own. */
function whyOf(error: Error): string {
  if (error.message !== "") return error.message;
  const parts = error instanceof AggregateError ? error.errors.map((part) => String(part?.message ?? part)) : [];
  return parts.join("; ") || error.name;
}
