import { MARKS, NOTED, TICKER } from "./marks.ts";

export interface Title {
  readonly title: string;
  /** "paywall", "live", "breaking", "exclusive", "video", "audio", "pictures", "update"; "opinion", "sponsored" */
  readonly marks: readonly string[];
}

/**
 * Takes the marks off that publishers put before and after a headline: they say something of the item, not of the news.
 * What says whose word it is ("Kommentar", "Anzeige") is a mark too, but stays where it is: no reader may miss it.
 */
export function readTitle(written: string): Title {
  const marks = new Set<string>();
  let title = written.replace(TICKER, (_, kicker: string, news: string) => {
    marks.add("live");
    return kicker + news;
  });
  for (let round = 0; round < MAX_MARKS; round++) {
    const found = MARKS.find(({ pattern }) => pattern.test(title));
    const rest = found === undefined ? "" : title.replace(found.pattern, "").trim();
    if (found === undefined || !SAYS_SOMETHING.test(rest)) break;
    marks.add(found.mark);
    title = rest;
  }
  for (const { mark, pattern } of NOTED) if (pattern.test(title)) marks.add(mark);
  return { title, marks: [...marks] };
}

/** Nobody puts more marks on one headline. */
const MAX_MARKS = 4;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** "Goldpreis-Rekordhoch" of "Goldpreis-Rekordhoch: Gelbes Edelmetall erstmals über 4.700 US-Dollar". */
export function kickerOf(title: string): string | undefined {
  const end = title.slice(0, MAX_KICKER + 2).search(KICKER_ENDS);
  const kicker = title.slice(0, Math.max(0, end)).trim();
  return kicker === "" || kicker.split(" ").length > MAX_KICKER_WORDS ? undefined : kicker;
}

/** A colon before white space; also before a new word, as where front pages set the kicker in a line of its own. */
const KICKER_ENDS = /:(?:\s|(?<=[\p{L}\p{N}“”"»«’)!?]:)[„“"»«‚‘]?\p{Lu}\p{Ll}{2})/u;
/** What is longer is a sentence that leads to a quotation. */
const MAX_KICKER = 60;
const MAX_KICKER_WORDS = 6;
