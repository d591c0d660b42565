import type { Author, Category, Enclosure } from "../model/item.ts";
import { plainText } from "./plain-text.ts";
import { present } from "./present.ts";
import { absoluteUrl } from "./url.ts";

/** Each once: some feeds name an author in two elements. */
export function readAuthors(authors: readonly Author[], base: string): readonly Author[] {
  const cleaned = authors.map(
    ({ name, email, url }): Author =>
      present({ name: tidy(name), email, url: url === undefined ? undefined : absoluteUrl(url, base) }),
  );
  const named = cleaned.filter((author) => Object.keys(author).length > 0);
  return uniqueBy(named, ({ name, email, url }) => (name ?? email ?? url ?? "").toLowerCase());
}

export function readCategories(categories: readonly Category[]): readonly Category[] {
  const cleaned = categories.map(
    ({ term, scheme, label }): Category => present({ term: tidy(term), scheme, label: tidy(label) }),
  );
  return uniqueBy(
    cleaned.filter(({ term }) => term !== undefined),
    ({ term, scheme }) => `${scheme ?? ""} ${term}`,
  );
}

export function readEnclosures(enclosures: readonly Enclosure[], base: string): readonly Enclosure[] {
  const reachable = enclosures.flatMap((enclosure) => {
    const url = absoluteUrl(enclosure.url, base);
    return url === undefined ? [] : [{ ...enclosure, url }];
  });
  return uniqueBy(reachable, ({ url }) => url);
}

/** BCP 47 in lower case: "en_US" is "en-us"; undefined for what is no language tag. */
export function readLanguage(written: string | undefined): string | undefined {
  const tag = written?.trim().toLowerCase().replaceAll("_", "-");
  return tag !== undefined && /^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,4}$/.test(tag) ? tag : undefined;
}

const tidy = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : plainText({ text, type: "text" });

function uniqueBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): readonly Thing[] {
  const byKey = new Map<string, Thing>();
  for (const thing of things) if (!byKey.has(keyOf(thing))) byKey.set(keyOf(thing), thing);
  return [...byKey.values()];
}
