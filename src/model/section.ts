import type { SectionId } from "./ids.ts";

/** One of our desks. An item has at most one, and further ones only where its publisher filed it twice. */
export interface Section {
  readonly id: SectionId;
  /** by language: { de: "Wissen", en: "Science" } */
  readonly titles: Readonly<Record<string, string>>;
  /** IPTC Media Topic codes that mean this section, most typical first, e.g. "13000000" */
  readonly mediaTopics: readonly string[];
  /** publishers' labels that mean this section, compared folded: "netzwelt", "digital" */
  readonly categories: readonly string[];
  /** segments of a URL's path or host that mean this section */
  readonly paths: readonly string[];
  /** words before a title that mean this section ("Finanzen Goldpreis-…") */
  readonly titleWords: readonly string[];
}
