import { createHash } from "node:crypto";
import type { Draft } from "../model/item.ts";
import { plain } from "./plain.ts";

const DIGEST_LENGTH = 32;

/**
 * Hash over what readers see: title, teaser, text and page. Markup, entities, white space, dates, labels and the
 * permalink's query (tokens, counters) are not in it: a change of theirs is no revision.
 */
export function digestOf({ title = "", teaser = "", summary = "", content = "", permalink = "" }: Draft): string {
  const [page = ""] = permalink.split(/[?#]/, 1);
  const seen = [plain(title), plain(teaser), plain(summary), plain(content), page].join("\n");
  return createHash("sha256").update(seen).digest("hex").slice(0, DIGEST_LENGTH);
}
