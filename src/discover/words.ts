import { SLUG } from "../model/ids.ts";

/** One spelling for names and for the addresses made of them: "Größe" and "groesse" are the same. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}+/gu, "");
}

/** The words of a text, folded. */
export const wordsOf = (text: string): readonly string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** An id as config/ takes it, made of names; undefined where they have no letter that an id may have. */
export function slugOf(...names: readonly string[]): string | undefined {
  const slug = names
    .flatMap((name) => fold(name.slice(0, MAX_NAME)).match(/[a-z0-9]+/g) ?? [])
    .join("-")
    .slice(0, MAX_SLUG)
    .replace(/-+$/, "");
  return SLUG.test(slug) ? slug : undefined;
}

const MAX_NAME = 200;
/** Room for a number behind it. */
const MAX_SLUG = 56;
