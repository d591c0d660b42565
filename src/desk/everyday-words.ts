import distinctions from "./data/distinctions.json" with { type: "json" };
import data from "./data/everyday-words.json" with { type: "json" };
import { COMPOUND, type Reading } from "./features.ts";

/**
 * The words of news that happens every day somewhere: accidents, fires, thefts, weather, holidays; and of what every desk
 * always has something on: leagues and cups, films, markets, AI. Two such items share most of their words and no event,
 * so these words count less; nor do the name of a place or a club and the day's routine make a story.
 */
export interface EverydayWords {
  readonly templates: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
}

const PLACES = `${distinctions.region} ${distinctions.place}`;

export function everydayWordsOf(reading: Reading): EverydayWords {
  const ours = Object.entries(data).find(([language]) => language === reading.language)?.[1];
  return {
    templates: termsOfAll(ours?.templates ?? "", reading),
    places: termsOfAll(`${PLACES} ${ours?.places ?? ""}`, reading),
  };
}

function termsOfAll(words: string, { language, stem }: Reading): ReadonlySet<string> {
  const all = words.split(" ").filter((word) => word !== "");
  const prefixes = all.filter((word) => language === "de" && word.length >= COMPOUND.from);
  return new Set([...all.map(stem), ...prefixes.map((word) => `${word.slice(0, COMPOUND.prefix)}*`)]);
}
