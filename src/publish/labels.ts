import type { Author, Category, Item } from "../model/item.ts";
import { webAddress } from "./address.ts";
import { present } from "./present.ts";
import { line } from "./printable.ts";
import { uniqueBy } from "./unique.ts";

const MAX_AUTHORS = 10;
const MAX_CATEGORIES = 10;

/** E-mail addresses are not passed on: a name is what readers need. */
export interface Byline {
  readonly name: string;
  readonly url?: string;
}

export interface Label {
  readonly term: string;
  readonly label: string;
  readonly scheme?: string;
}

/** Never empty: the publisher where nobody else is named, so that no entry seems to be ours. */
export function bylinesOf(item: Item, publisher: string): readonly Byline[] {
  const named = (item.authors ?? []).slice(0, MAX_AUTHORS).flatMap(bylineOf);
  return named.length === 0 ? [{ name: publisher }] : uniqueBy(named, ({ name }) => name);
}

/** Our section first, then the publisher's own labels, each once. */
export function labelsOf(item: Item, section: Label | undefined): readonly Label[] {
  const own = (item.categories ?? []).slice(0, MAX_CATEGORIES).flatMap(labelOf);
  return uniqueBy(section === undefined ? own : [section, ...own], ({ label }) => label.toLowerCase());
}

function bylineOf(author: Author): readonly Byline[] {
  const name = line(author.name);
  return name === "" ? [] : [present({ name, url: webAddress(author.url) })];
}

function labelOf(category: Category): readonly Label[] {
  const term = line(category.term);
  return term === ""
    ? []
    : [present({ term, label: line(category.label) || term, scheme: webAddress(category.scheme) })];
}
