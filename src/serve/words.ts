import type { OutputFormat } from "../model/published.ts";
import { GERMAN } from "./words-de.ts";
import { ENGLISH } from "./words-en.ts";

export type Words = Readonly<typeof GERMAN>;

/** `language` as in the settings: "de", "de-at", "en". What is not German is English. */
export const wordsFor = (language: string): Words => (/^de\b/i.test(language) ? GERMAN : ENGLISH);

export const FORMAT_NAMES: Readonly<Record<OutputFormat, string>> = { rss: "RSS", atom: "Atom", json: "JSON Feed" };
