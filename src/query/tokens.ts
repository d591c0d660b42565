import type { BadQuery } from "./clause.ts";
import { bad } from "./mistakes.ts";
import { termsOf } from "./terms.ts";

export interface Token {
  /** "field" is a name with its colon; its value is the token that follows */
  readonly kind: "open" | "close" | "and" | "or" | "not" | "field" | "word" | "phrase";
  /** without colon or quotation marks */
  readonly text: string;
  /** character position in the query, from 0 */
  readonly at: number;
}

/** The query cut into tokens. Words without a letter or digit ("&", "–") say nothing and are left out. */
export function tokensOf(text: string): readonly Token[] | BadQuery {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const isValue = tokens.at(-1)?.kind === "field";
    const token = tokenAt(text, at, isValue);
    if (token.kind === "bad") return token;
    if (token.kind !== "space" && (isValue || says(token))) tokens.push({ kind: token.kind, text: token.text, at });
    at = token.end;
  }
  return tokens;
}

type Cut =
  | BadQuery
  | { readonly kind: "space"; readonly end: number }
  | { readonly kind: Token["kind"]; readonly text: string; readonly end: number };

/** U+FEFF is no space to people: nobody sees it in what they paste. */
const SPACE = /[^\S\ufeff]+/y;
/** Typewriter, German and French quotation marks, as pasted from anywhere: each opens, each closes. */
const QUOTE = /["„“”«»]/y;
const WORD = /(?:[^\s()"„“”«»]|\ufeff)+/y;
/** Known or not: an unknown field is a mistake, not a word. A name before a space ("Ukraine: …") is a headline's kicker. */
const FIELD = /(\p{L}+):(?=\S)/uy;
/** A dash on its own, or before punctuation, is punctuation. */
const MINUS = /-(?=[\p{L}\p{N}#@("„“”«»])/uy;

function tokenAt(text: string, at: number, isValue: boolean): Cut {
  const found = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const [whole, group] = pattern.exec(text) ?? [];
    return group ?? whole;
  };
  if (found(QUOTE) !== undefined) return phraseAt(text, at);
  const space = found(SPACE);
  if (space !== undefined) return { kind: "space", end: at + space.length };
  if (text[at] === "(") return { kind: "open", text: "(", end: at + 1 };
  if (text[at] === ")") return { kind: "close", text: ")", end: at + 1 };
  if (!isValue && found(MINUS) !== undefined) return { kind: "not", text: "-", end: at + 1 };
  const field = isValue ? undefined : found(FIELD);
  if (field !== undefined) return { kind: "field", text: field, end: at + field.length + 1 };
  const word = found(WORD) ?? "";
  return { kind: isValue ? "word" : wordKind(word), text: word, end: at + word.length };
}

function phraseAt(text: string, at: number): Cut {
  const length = text.slice(at + 1).search(/["„“”«»]/);
  if (length < 0) return bad({ rule: "open-quote" }, at);
  return { kind: "phrase", text: text.slice(at + 1, at + 1 + length), end: at + length + 2 };
}

const OPERATORS: Readonly<Record<string, "and" | "or" | "not">> = { AND: "and", OR: "or", NOT: "not" };

const wordKind = (word: string): Token["kind"] =>
  Object.hasOwn(OPERATORS, word) ? (OPERATORS[word] ?? "word") : "word";

const says = ({ kind, text }: Pick<Token, "kind" | "text">): boolean =>
  kind !== "word" || text === "*" || termsOf(text).length > 0;
