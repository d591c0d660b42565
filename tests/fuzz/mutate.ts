import { type Documents, loadDocuments, shorten } from "./documents.ts";
import { type Random, randomOf } from "./random.ts";
import { CHARSETS, PIECES, SNIPPETS } from "./snippets.ts";

export interface FuzzCase {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The case of this number under this seed: the same whenever and wherever it is asked for. */
export function fuzzCase(seed: number, number: number): FuzzCase {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) + number);
  documents ??= loadDocuments();
  const text = random.chance(SHARE_OF_NOISE) ? noise(random) : mutated(documents, random);
  // into memory of its own, which can be handed to a thread
  const bytes = Uint8Array.from(Buffer.from(text, random.chance(0.02) ? "utf16le" : "latin1"));
  return { bytes, headers: headersOf(random) };
}

let documents: Documents | undefined;

const SHARE_OF_NOISE = 0.1;
const MAX_MUTATIONS = 5;
const MAX_LENGTH = 24_000;

function noise(random: Random): string {
  const length = random.below(400);
  const makes = random.pick([
    () => String.fromCharCode(random.below(256)),
    () => String.fromCharCode(32 + random.below(96)),
    () => random.pick(PIECES),
  ]);
  return Array.from({ length }, makes).join("");
}

function mutated(all: Documents, random: Random): string {
  let text = aDocument(all, random);
  const times = 1 + random.below(MAX_MUTATIONS);
  for (let time = 0; time < times; time++) text = random.pick(MUTATIONS)(text, random, all).slice(0, MAX_LENGTH);
  return text;
}

function headersOf(random: Random): FuzzCase["headers"] {
  return {
    ...(random.chance(0.3) && { "content-type": `text/xml; charset=${random.pick(CHARSETS)}` }),
    ...(random.chance(0.05) && { "content-location": random.pick(["/a/", "javascript:alert(1)", "http://[", "\0"]) }),
    ...(random.chance(0.05) && { "content-language": random.pick(["de", "x\0", "<script>"]) }),
  };
}

const aDocument = ({ real, suites }: Documents, random: Random): string =>
  shorten(random.pick(random.chance(0.5) ? real : suites), random);

type Mutation = (text: string, random: Random, all: Documents) => string;

const MUTATIONS: readonly Mutation[] = [
  // bytes
  (text, random) => put(text, random, 1, (part) => String.fromCharCode(part.charCodeAt(0) ^ (1 << random.below(8)))),
  (text, random) => put(text, random, 0, () => String.fromCharCode(random.below(256))),
  (text, random) => put(text, random, random.below(200), () => ""),
  (text, random) => put(text, random, random.below(200), (part) => part + part),
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => text.slice(random.below(Math.min(text.length, 500))),
  // tags
  (text, random) => swapTags(text, random),
  (text, random) => changeTag(text, random, () => ""),
  (text, random) => changeTag(text, random, (tag) => tag + tag),
  (text, random) => changeTag(text, random, (tag) => tag.slice(0, -1)),
  (text, random) => changeTag(text, random, (tag) => tag.toUpperCase()),
  (text, random) => changeTag(text, random, (tag) => tag.replaceAll('"', random.pick(["", "'", '""']))),
  (text, random) => changeTag(text, random, (tag) => tag.replace(/[\w:]+/, random.pick(PIECES))),
  // documents
  (text, random, all) => splice(text, aDocument(all, random), random),
  (text, random) => text.replace(/encoding=["'][^"']*/i, `encoding="${random.pick(CHARSETS)}`),
  (text, random) => text.replaceAll(random.pick(["item", "entry", "title", "channel", "feed"]), random.pick(PIECES)),
  // twice as likely as any other
  inject,
  inject,
];

function inject(text: string, random: Random): string {
  return random.chance(0.5)
    ? put(text, random, 0, () => random.pick(SNIPPETS))
    : changeTag(text, random, (tag) => tag + random.pick(SNIPPETS));
}

function put(text: string, random: Random, length: number, change: (part: string) => string): string {
  const at = random.below(text.length + 1 - Math.min(length, text.length));
  return text.slice(0, at) + change(text.slice(at, at + length)) + text.slice(at + length);
}

/** Texts at even places, tags at odd ones. */
const tokensOf = (text: string): string[] => text.split(/(<[^<>]*>)/);
const aTag = (tokens: readonly string[], random: Random): number => 2 * random.below((tokens.length - 1) / 2) + 1;

function changeTag(text: string, random: Random, change: (tag: string) => string): string {
  const tokens = tokensOf(text);
  if (tokens.length < 2) return text;
  const at = aTag(tokens, random);
  return tokens.with(at, change(tokens[at] ?? "")).join("");
}

function swapTags(text: string, random: Random): string {
  const tokens = tokensOf(text);
  if (tokens.length < 2) return text;
  const [one, other] = [aTag(tokens, random), aTag(tokens, random)];
  return tokens
    .with(one, tokens[other] ?? "")
    .with(other, tokens[one] ?? "")
    .join("");
}

function splice(text: string, other: string, random: Random): string {
  const [head, tail] = [tokensOf(text), tokensOf(other)];
  return [...head.slice(0, random.below(head.length)), ...tail.slice(random.below(tail.length))].join("");
}
