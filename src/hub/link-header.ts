/** One link of a Link header (RFC 8288); `href` as written. */
interface WebLink {
  readonly href: string;
  /** lower case */
  readonly rels: readonly string[];
}

/** Longer ones are no longer about links. */
const MAX_HEADER = 16 * 1024;

const TARGET = /[\s,]*<([^<>]*)>/y;
/** name, quoted value, plain value */
const PARAMETER = /\s*;\s*([^\s=;,"<>]*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"<>]*)))?/y;

/** The links that speak of the document itself. What is not understood ends the list. */
export function readLinkHeader(header: string): readonly WebLink[] {
  const text = header.slice(0, MAX_HEADER);
  const links: WebLink[] = [];
  let at = 0;
  for (;;) {
    const target = matchAt(TARGET, text, at);
    if (target === null) return links;
    at += target[0].length;
    const parameters = new Map<string, string>();
    for (let found = matchAt(PARAMETER, text, at); found !== null; found = matchAt(PARAMETER, text, at)) {
      at += found[0].length;
      const [, name = "", quoted, plain = ""] = found;
      const key = name.toLowerCase();
      // the first rel counts (RFC 8288 3.3)
      if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll(/\\(.)/g, "$1") ?? plain);
    }
    const rels = (parameters.get("rel") ?? "").toLowerCase().split(/\s+/);
    if (!parameters.has("anchor")) links.push({ href: (target[1] ?? "").trim(), rels });
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
