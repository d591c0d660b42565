import type { Subscription } from "../model/subscription.ts";
import { isSigned } from "./signature.ts";

/** What a POST to a callback of ours is: "ended" is a 410, which ends the hub's side, too. */
export type Received = "content" | "ignored" | "ended";

/**
 * Whether a push is to be read. A callback that a renewal has replaced is good until its hub lets go of it; a wrong or
 * missing signature is ignored, and nobody is told (WebSub 7.1, facts ).
 */
export function received(
  { asked, held, leaving }: Subscription,
  token: string,
  push: { readonly body: Uint8Array; readonly signature: string | undefined },
  options: { readonly sha1: boolean },
): Received {
  if (asked?.token === token) return "ignored";
  const callback = [held, ...(held === undefined ? [] : leaving)].find((one) => one?.token === token);
  if (callback === undefined) return "ended";
  return isSigned(push.body, push.signature, callback.secret, options) ? "content" : "ignored";
}
