import { withoutForbidden } from "../model/characters.ts";

/** As OPML 2.0 spells them; programs write them in every case. */
const SPELLING: ReadonlyMap<string, string> = new Map(
  "text title type xmlUrl htmlUrl language category description version created isComment isBreakpoint url"
    .split(" ")
    .map((name) => [name.toLowerCase(), name]),
);
const NAME = /^(?:[A-Za-z_][\w.-]{0,63}:)?[A-Za-z_][\w.-]{0,63}$/;
const MAX_VALUE = 2000;
/** No text ever means these. */
const C1_CONTROLS = /[\u007f-\u009f]/g;
/** What a browser would run if it were followed. */
const HARMFUL = /^[\s\p{C}]*(?:javascript|vbscript|data)\s*:/iu;

/**
 * What an outline says, tidy and fit to be written again: names in OPML's spelling, values without line breaks.
 * @param namespaces the xmlns:… that were declared so far
 * @param dropped counts by name what was not kept
 */
export function outlineAttributes(
  attributes: ReadonlyMap<string, string>,
  namespaces: ReadonlyMap<string, string>,
  dropped: Map<string, number>,
): Readonly<Record<string, string>> {
  const kept = new Map<string, string>();
  for (const [written, raw] of attributes) {
    const name = SPELLING.get(written.toLowerCase()) ?? written;
    const value = withoutForbidden(raw.toWellFormed()).replace(C1_CONTROLS, "").replace(/\s+/g, " ").trim();
    if (value === "" || name === "xmlns" || name.startsWith("xmlns:")) continue;
    const [prefix, local] = name.split(":");
    const namespace = `xmlns:${prefix}`;
    const isDeclared = local === undefined || prefix === "xml" || namespaces.has(namespace);
    // a feed's own address is judged where it is used: it must not get lost here
    const isFit = value.length <= MAX_VALUE && !HARMFUL.test(value);
    if (!NAME.test(name) || !isDeclared || !(isFit || name === "xmlUrl")) {
      dropped.set(name, (dropped.get(name) ?? 0) + 1);
      continue;
    }
    kept.set(name, value);
    if (local !== undefined && prefix !== "xml") kept.set(namespace, namespaces.get(namespace) ?? "");
  }
  return Object.fromEntries(kept);
}
