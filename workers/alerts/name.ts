import type { Alert } from "../../src/model/alert.ts";

/** Which alert it is, for logs: of an address no more than the host, for the rest of it may be a secret. */
export function nameOf({ topic, channel }: Alert): string {
  return `${topic}: ${channel.kind} ${channel.kind === "email" ? channel.to : new URL(channel.url).host}`;
}
