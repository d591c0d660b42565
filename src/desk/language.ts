import type { PublisherId } from "../model/ids.ts";
import type { NewsItem } from "../model/news.ts";
import { languageByStopWords } from "./stop-words.ts";
import { wordsOf } from "./words.ts";

/** ISO 639 for "undetermined". */
const UNKNOWN = "und";
const PRIMARY = /^[a-z]{2,3}(?![a-z])/;

/** The primary language ("de" of "de-AT"): what the item says, else its publisher, else its function words. */
export function languageOf(item: NewsItem, byPublisher: ReadonlyMap<PublisherId, string>): string {
  const said = item.language ?? byPublisher.get(item.publisher);
  const primary = PRIMARY.exec(said?.toLowerCase() ?? "")?.[0];
  return primary ?? languageByStopWords(wordsOf(`${item.title} ${item.teaser ?? ""}`)) ?? UNKNOWN;
}
