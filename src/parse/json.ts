export type Json = Readonly<Record<string, unknown>>;

export const looksLikeJson = (text: string): boolean => /^\s*\{/.test(text.slice(0, 1000));

/** What the text says, as far as it goes; undefined where that is no JSON object. */
export function readJson(text: string): { readonly json: Json; readonly repairs: readonly string[] } | undefined {
  const strict = parsed(text);
  if (strict !== undefined) return { json: strict, repairs: [] };
  const mended = parsed(mend(text));
  return mended === undefined ? undefined : { json: mended, repairs: ["broken-json"] };
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function parsed(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["[", "]"],
]);

/** Line breaks within strings, commas after the last of a list, an end that is missing: what was whole before it is kept. One pass. */
function mend(text: string): string {
  const written: string[] = [];
  const open: string[] = [];
  let whole = { tokens: 0, depth: 0 };
  for (const token of tokensOf(text)) {
    if (token === ",") whole = { tokens: written.length, depth: open.length };
    const closes = token === "}" || token === "]";
    if (closes && written.at(-1) === ",") written.pop();
    if (closes && open.pop() !== token) break;
    written.push(token.startsWith('"') ? token.replace(CONTROLS, escapeControl) : token);
    if (closes) whole = { tokens: written.length, depth: open.length };
    const closer = CLOSERS.get(token);
    if (closer !== undefined) open.push(closer);
  }
  const ends = open.slice(0, whole.depth).toReversed();
  return [...written.slice(0, whole.tokens), ...ends].join("");
}

/** Strings, brackets, commas and colons, anything else; nothing from a string on that nothing ends. */
function* tokensOf(text: string): Generator<string> {
  const other = /[[\]{},:]|[^\s"[\]{},:]+|"/g;
  for (let found = other.exec(text); found !== null; found = other.exec(text)) {
    const [token] = found;
    const end = token === '"' ? endOfString(text, other.lastIndex) : other.lastIndex;
    if (end < 0) return;
    yield text.slice(found.index, end);
    other.lastIndex = end;
  }
}

/** A loop, since a regular expression that takes steps back remembers each of them. */
function endOfString(text: string, inside: number): number {
  for (let at = inside; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const CONTROLS = /[\0-\x1f]/g;
const escapeControl = (character: string): string => JSON.stringify(character).slice(1, -1);
