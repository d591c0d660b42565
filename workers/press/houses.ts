/** Ten invented publishers: who they are, how they write feeds, and what is wrong with them. */
export interface House {
  readonly id: string;
  readonly title: string;
  readonly language: "de" | "de-at" | "en";
  readonly country: string;
  /** 1 speaks first */
  readonly rank: number;
  /** what this house calls a section, where it does not call it by the name that stories/ has */
  readonly labels: Readonly<Record<string, string>>;
  readonly feeds: readonly FeedPlan[];
  /** the guid is the page's address, or a number of the house's own that means nothing outside */
  readonly guid: "permalink" | "number";
  readonly sectionInPath: boolean;
  /** "desk": the section's word stands before the title, dates are days, teasers break off (no categories) */
  readonly style: "plain" | "desk";
}

export interface FeedPlan {
  readonly file: string;
  readonly format: "rss" | "rdf" | "atom" | "json";
  readonly charset?: "iso-8859-1";
  /** only pieces of this section */
  readonly section?: string;
  /** truncated every other minute; 500 now and then; slow to answer; 429 to the first visitor */
  readonly manners?: "truncated" | "unsteady" | "slow" | "throttled";
  /** the address that operators have: answers 301 */
  readonly movedFrom?: string;
}

const PLAIN = { guid: "permalink", sectionInPath: true, style: "plain", country: "DE", language: "de" } as const;

const GERMAN_LABELS = {
  politik: "Politik",
  wirtschaft: "Wirtschaft",
  finanzen: "Finanzen",
  technik: "Technik",
  wissen: "Wissen",
  gesundheit: "Gesundheit",
  panorama: "Panorama",
  reise: "Reise",
  sport: "Sport",
  kultur: "Kultur",
  regional: "Regional",
} as const;

const ENGLISH_LABELS = {
  politik: "World",
  wirtschaft: "Business",
  finanzen: "Money",
  technik: "Technology",
  wissen: "Science",
  panorama: "Society",
  sport: "Sport",
  kultur: "Culture",
} as const;

export const HOUSES: readonly House[] = [
  {
    ...PLAIN,
    id: "anzeiger",
    title: "Falkenmoorer Anzeiger",
    rank: 1,
    labels: GERMAN_LABELS,
    feeds: [
      { file: "alle.xml", format: "rss" },
      { file: "politik.xml", format: "rss", section: "politik" },
      { file: "sport.xml", format: "rss", section: "sport" },
    ],
  },
  {
    ...PLAIN,
    id: "tageblatt",
    title: "Sternauer Tageblatt",
    rank: 4,
    labels: { ...GERMAN_LABELS, panorama: "Vermischtes", regional: "Lokales" },
    guid: "number",
    feeds: [
      { file: "rss.xml", format: "rss", charset: "iso-8859-1" },
      { file: "lokales.xml", format: "rss", charset: "iso-8859-1", section: "regional" },
    ],
  },
  {
    ...PLAIN,
    id: "kranich",
    title: "Der Kranich",
    rank: 3,
    labels: { ...GERMAN_LABELS, kultur: "Feuilleton", technik: "Digital" },
    sectionInPath: false,
    feeds: [
      { file: "atom.xml", format: "atom" },
      { file: "feuilleton.atom", format: "atom", section: "kultur" },
    ],
  },
  {
    ...PLAIN,
    id: "kontor",
    title: "Kontor & Kurs",
    rank: 2,
    labels: { ...GERMAN_LABELS, technik: "Technologie" },
    sectionInPath: false,
    style: "desk",
    feeds: [
      { file: "feed.rss", format: "rss" },
      { file: "finanzen.rss", format: "rss", section: "finanzen" },
    ],
  },
  {
    ...PLAIN,
    id: "kuestenfunk",
    title: "Küstenfunk Elf",
    rank: 2,
    labels: { ...GERMAN_LABELS, panorama: "Aus aller Welt" },
    sectionInPath: false,
    feeds: [
      { file: "nachrichten.xml", format: "rss" },
      { file: "wissen.xml", format: "rss", section: "wissen", manners: "slow" },
    ],
  },
  {
    ...PLAIN,
    id: "schaltkasten",
    title: "Der Schaltkasten",
    rank: 3,
    labels: { ...GERMAN_LABELS, technik: "Netzwelt" },
    guid: "number",
    feeds: [{ file: "feed.json", format: "json" }],
  },
  {
    ...PLAIN,
    id: "gipfelpost",
    title: "Gipfelpost",
    language: "de-at",
    country: "AT",
    rank: 4,
    labels: GERMAN_LABELS,
    feeds: [
      { file: "index.rdf", format: "rdf" },
      { file: "wissen.rdf", format: "rdf", section: "wissen" },
      { file: "sport.rdf", format: "rdf", section: "sport", manners: "unsteady" },
    ],
  },
  {
    ...PLAIN,
    id: "abendblick",
    title: "Abendblick Auerstett",
    rank: 9,
    labels: { ...GERMAN_LABELS, panorama: "Vermischtes" },
    sectionInPath: false,
    feeds: [
      { file: "alles.xml", format: "rss", movedFrom: "rss.php" },
      { file: "sport.xml", format: "rss", section: "sport", manners: "throttled" },
    ],
  },
  {
    ...PLAIN,
    id: "ledger",
    title: "The Harrowgate Ledger",
    language: "en",
    country: "GB",
    rank: 3,
    labels: ENGLISH_LABELS,
    feeds: [
      { file: "all.atom", format: "atom" },
      { file: "world.atom", format: "atom", section: "politik" },
    ],
  },
  {
    ...PLAIN,
    id: "dispatch",
    title: "Saltmarsh Dispatch",
    language: "en",
    country: "GB",
    rank: 5,
    labels: ENGLISH_LABELS,
    guid: "number",
    feeds: [{ file: "feed.xml", format: "rss", manners: "truncated" }],
  },
];
