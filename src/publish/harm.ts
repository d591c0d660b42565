import { Parser } from "htmlparser2";

/** What runs, loads or takes over a page. */
const HARMFUL_TAGS: ReadonlySet<string> = new Set(
  "applet base body embed form frame frameset head html iframe input link math meta noscript object plaintext script style svg template textarea title xmp".split(
    " ",
  ),
);

const ADDRESSES: ReadonlySet<string> = new Set([
  "action",
  "background",
  "cite",
  "data",
  "formaction",
  "href",
  "poster",
  "src",
]);

/** Why a reader must not be shown this HTML: scripts, handlers, relative or unsafe addresses. Empty where it is harmless. */
export function harmOf(html: string): readonly string[] {
  const harm = new Set<string>();
  const parser = new Parser({
    onopentagname: (name) => void (HARMFUL_TAGS.has(name) && harm.add(`<${name}> in HTML`)),
    onattribute: (name, value) => void (isHarmful(name, value) && harm.add(`${name} in HTML: ${value.slice(0, 100)}`)),
  });
  parser.end(html);
  return [...harm];
}

function isHarmful(name: string, value: string): boolean {
  if (name.startsWith("on") || name === "style" || name === "srcdoc") return true;
  if (name === "srcset") return !value.split(/,\s+/).every((candidate) => isAbsolute(candidate.trim()));
  return ADDRESSES.has(name) && !isAbsolute(value) && !(name === "href" && /^(?:mailto|tel):/i.test(value));
}

function isAbsolute(address: string): boolean {
  return /^https?:\/\/[^/]/i.test(address);
}
