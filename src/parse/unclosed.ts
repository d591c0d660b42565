export interface Closed {
  readonly text: string;
  readonly repairs: readonly string[];
}

/**
 * Ends what publishers forgot to end, before it swallows the rest of the document: a CDATA section ends with the element that it
 * is in; a comment that nothing ends was none. One pass.
 */
export function closeSections(text: string): Closed {
  const sections: Sections = {
    text,
    cdataStart: seeker(text, CDATA),
    cdataEnd: seeker(text, "]]>"),
    commentEnd: seeker(text, "-->"),
  };
  const mended: string[] = [];
  const repairs = new Set<string>();
  let done = 0;
  const starts = /<!--|<!\[CDATA\[/g;
  for (let found = starts.exec(text); found !== null; found = starts.exec(text)) {
    const section = found[0] === CDATA ? endCdata(sections, found.index) : endComment(sections, found.index);
    starts.lastIndex = section.end;
    if (section.repair === undefined) continue;
    mended.push(text.slice(done, section.cut), section.put);
    done = section.end;
    repairs.add(section.repair);
  }
  return { text: mended.join("") + text.slice(done), repairs: [...repairs] };
}

const CDATA = "<![CDATA[";
const COMMENT = "<!--";
const NOWHERE = Number.POSITIVE_INFINITY;

interface Sections {
  readonly text: string;
  readonly cdataStart: Seeker;
  readonly cdataEnd: Seeker;
  readonly commentEnd: Seeker;
}

type Section =
  | { readonly end: number; readonly repair?: undefined }
  /** what stands from `cut` to `end` gives way to `put` */
  | { readonly end: number; readonly cut: number; readonly put: string; readonly repair: string };

/** Where this stands next, from a place that is never before the last one: so all answers together cost one pass. */
type Seeker = (from: number) => number;

function seeker(text: string, what: string): Seeker {
  let at = -1;
  return (from) => {
    if (at < from) {
      const found = text.indexOf(what, from);
      at = found < 0 ? NOWHERE : found;
    }
    return at;
  };
}

function endComment({ commentEnd }: Sections, start: number): Section {
  const end = commentEnd(start + "<!".length);
  const inside = start + COMMENT.length;
  return end === NOWHERE ? { end: inside, cut: start, put: "", repair: "unclosed-comment" } : { end };
}

/** Sections cannot hold each other: where another one begins before this one's end, this one's end is missing. */
function endCdata({ text, cdataStart, cdataEnd }: Sections, start: number): Section {
  const inside = start + CDATA.length;
  const end = cdataEnd(inside);
  const another = cdataStart(inside);
  if (end !== NOWHERE && end < another) return { end };
  const endTag = text.slice(inside, Math.min(another, end)).indexOf(`</${elementBefore(text, start)}`);
  if (endTag < 0 && end !== NOWHERE) return { end };
  const cut = endTag < 0 ? text.length : inside + endTag;
  return { end: cut, cut, put: "]]>", repair: "unclosed-cdata" };
}

/** Characters of a start tag with all its attributes. */
const MAX_TAG = 300;

/** The name in the start tag that ends here; none is called "<". */
const elementBefore = (text: string, end: number): string =>
  /<([^\s<>/!?]+)(?:\s[^<>]*)?>\s*$/.exec(text.slice(Math.max(0, end - MAX_TAG), end))?.[1] ?? "<";
