import { nearest } from "../model/nearest.ts";
import type { QueryMistake } from "../model/query-mistake.ts";
import type { QueryNames } from "../model/query-names.ts";
import type { Settings } from "../model/settings.ts";
import { wholeQuery } from "../model/topic.ts";
import type { Query } from "./clause.ts";
import { spellingsOf } from "./terms.ts";

export function namesOf({ sections, publishers, feeds, topics }: Known): QueryNames {
  const ids = (all: readonly { readonly id: string }[]): ReadonlySet<string> => new Set(all.map(({ id }) => id));
  return {
    sections: ids(sections),
    publishers: ids(publishers),
    feeds: ids(feeds),
    topics: queriesOf(topics, sections),
  };
}

type Known = Pick<Settings, "sections" | "publishers" | "feeds" | "topics">;

/** A section may be asked for as the topic that it is republished through. */
const queriesOf = (topics: Known["topics"], sections: Known["sections"]): ReadonlyMap<string, string> =>
  new Map<string, string>([
    ...sections.map(({ id }) => [id, `section:${id}`] as const),
    ...topics.map((topic) => [topic.id, wholeQuery(topic)] as const),
  ]);

/** A clause's name that is nobody's. */
export function unknownName(clause: Query, names: QueryNames): QueryMistake | undefined {
  switch (clause.kind) {
    case "section":
      return notAmong("section", clause.section, names.sections);
    case "publisher":
      return notAmong("publisher", clause.publisher, names.publishers);
    case "feed":
      return notAmong("feed", clause.feed, names.feeds);
    default:
      return undefined;
  }
}

/** The id that was meant by a title: "Kontor & Kurs" is `kontor`, or `kontor-kurs`. */
export function idMeantBy(title: string, field: string | undefined, names: QueryNames): string | undefined {
  const known = [...(idsOf(field, names) ?? [])];
  const words = spellingsOf(title.toLowerCase()).map((text) => text.match(/[a-z0-9]+/g)?.join("-") ?? "");
  const begins = known.filter((id) => words.some((slug) => `${slug}-`.startsWith(`${id}-`)));
  const longest = begins.toSorted((a, b) => b.length - a.length)[0];
  return longest ?? nearest(words[0] ?? "", known);
}

function idsOf(field: string | undefined, names: QueryNames): Iterable<string> | undefined {
  switch (field) {
    case "section":
      return names.sections;
    case "publisher":
      return names.publishers;
    case "feed":
      return names.feeds;
    case "topic":
      return listedTopics(names);
    default:
      return undefined;
  }
}

export const unknownTopic = (value: string, names: QueryNames): QueryMistake =>
  notKnown("topic", value, [...listedTopics(names)]);

const listedTopics = ({ listedTopics: listed, topics }: QueryNames): Iterable<string> => listed ?? topics?.keys() ?? [];

type Kind = Extract<QueryMistake, { rule: "unknown-name" }>["field"];

const notAmong = (field: Kind, value: string, known: ReadonlySet<string> | undefined): QueryMistake | undefined =>
  known === undefined || known.has(value) ? undefined : notKnown(field, value, [...known]);

/** More are no help. */
const MOST_LISTED = 12;

function notKnown(field: Kind, value: string, known: readonly string[]): QueryMistake {
  const near = nearest(value, known);
  if (near !== undefined) return { rule: "unknown-name", field, value, near };
  const isFew = known.length > 0 && known.length <= MOST_LISTED;
  return { rule: "unknown-name", field, value, ...(isFew && { known: known.join(", ") }) };
}
