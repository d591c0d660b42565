import Parser from "rss-parser";
import { ELEMENTS } from "./vocabulary.ts";

/** An element as rss-parser (that is xml2js) hands it over. */
export type Node =
  | string
  | { readonly _?: string; readonly $?: Readonly<Record<string, string>>; readonly [part: string]: unknown };
/** Element names of vocabulary.ts to the elements of that name, in the order of the document. */
export type Wire = Readonly<Record<string, unknown>>;

export interface WireFeed extends Wire {
  readonly items: readonly Wire[];
}

/** @param xml written by rewrite.ts, so that it is well-formed and holds nothing that rss-parser is slow at */
export async function readXml(xml: string): Promise<WireFeed> {
  return parser.parseString(xml);
}

const NAMES: readonly string[] = [...new Set([...ELEMENTS.values()].map(({ as }) => as)), "base"];
const KEPT: [string, string, { keepArray: true }][] = NAMES.map((name) => [name, name, { keepArray: true }]);
const parser: Parser<Wire, Wire> = new Parser({
  // its types know names only, not the [from, to, options] that its documentation gives
  customFields: { feed: KEPT as unknown as string[], item: KEPT },
});

/** Elements of one name, those that speak first in front. */
export function nodes(wire: Wire, name: string): readonly Node[] {
  return byRank(inOrder(wire, name));
}

/** The same where the last of equals counts: whoever says a date again corrects it. */
export function nodesLastFirst(wire: Wire, name: string): readonly Node[] {
  return byRank(inOrder(wire, name).toReversed());
}

/** As the document has them. */
export function inOrder(wire: Wire, name: string): readonly Node[] {
  const found = wire[name];
  return Array.isArray(found) ? found : [];
}

const byRank = (found: readonly Node[]): readonly Node[] =>
  found.length < 2 ? found : found.toSorted((a, b) => rank(a) - rank(b));

export const rank = (node: Node): number => Number(attribute(node, "rank") ?? 0);

export function text(node: Node | undefined): string | undefined {
  const value = typeof node === "string" ? node : node?._;
  const trimmed = typeof value === "string" ? value.trim() : "";
  return trimmed === "" ? undefined : trimmed;
}

export function attribute(node: Node, name: string): string | undefined {
  const value = typeof node === "string" ? undefined : node.$?.[name]?.trim();
  return value === "" ? undefined : value;
}

/** Parts of a group, "name" of an author for instance. */
export function parts(node: Node, name: string): readonly Node[] {
  const found = typeof node === "string" ? undefined : node[name];
  return Array.isArray(found) ? found : [];
}

/** What the first of these elements to say anything says. */
export function firstOf<Value>(found: readonly Node[], read: (node: Node) => Value | undefined): Value | undefined {
  for (const node of found) {
    const value = read(node);
    if (value !== undefined) return value;
  }
  return undefined;
}
