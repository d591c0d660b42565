/** "…", "....", "..." at the end become one " …"; a longer text is cut at a word. */
export function tidyTeaser(text: string): string {
  const unfinished = /(?:\.{3,}|…)[.…\s]*$/.exec(text.slice(-MAX_DOTS));
  const bare = unfinished === null ? text : text.slice(0, text.length - unfinished[0].length).trimEnd();
  if (bare.length > MAX_TEASER) return `${cutAtWord(bare, MAX_TEASER - ELLIPSIS.length)}${ELLIPSIS}`;
  return unfinished === null || bare === "" ? bare : `${bare.slice(0, MAX_TEASER - ELLIPSIS.length)}${ELLIPSIS}`;
}

/** At most this many characters, one more sentence than any front page shows. */
const MAX_TEASER = 500;
const ELLIPSIS = " …";
/** Only the end is looked at: dots are searched for from each dot on. */
const MAX_DOTS = 40;

function cutAtWord(text: string, length: number): string {
  const start = text.slice(0, length + 1);
  const space = start.lastIndexOf(" ");
  const cut = space > length / 2 ? start.slice(0, space) : start.slice(0, length);
  // half of a surrogate pair would be left over
  return cut.replace(/[\ud800-\udbff]$/, "").replace(/[\s,;:–-]{1,10}$/, "");
}
