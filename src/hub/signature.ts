import { createHmac, timingSafeEqual } from "node:crypto";

/** WebSub 7.1 */
const HEADER = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i;

/** Did the holder of the secret send these very bytes? `header` is X-Hub-Signature: "sha256=<hex>" (facts A-39). */
export function isSigned(
  body: Uint8Array,
  header: string | undefined,
  secret: string,
  { sha1 }: { readonly sha1: boolean },
): boolean {
  const [, method = "", hex = ""] = HEADER.exec(header?.trim().toLowerCase() ?? "") ?? [];
  if (method === "" || (method === "sha1" && !sha1)) return false;
  const ours = createHmac(method, secret).update(body).digest();
  const theirs = Buffer.from(hex, "hex");
  return theirs.length === ours.length && timingSafeEqual(theirs, ours);
}
