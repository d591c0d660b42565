import type { Publisher } from "../model/feed.ts";
import type { PublisherId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";
import type { Section } from "../model/section.ts";
import type { Settings } from "../model/settings.ts";
import type { Instant } from "../model/time.ts";
import { isListed, type Topic } from "../model/topic.ts";
import { type Times, timesFor } from "./times.ts";
import type { View } from "./view.ts";
import { type Words, wordsFor } from "./words.ts";

/** What every page of one answer shares. */
export interface Paper {
  readonly settings: Settings;
  readonly words: Words;
  readonly times: Times;
  readonly now: Instant;
  /** the curated ones */
  readonly topics: readonly Topic[];
  /** those that are republished, in the order of sections.yaml */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  publisherTitle(id: PublisherId): string;
  publisher(id: string): Publisher | undefined;
  sectionTitle(id: string): string;
  creditOf(item: Item): string | undefined;
}

export function paperFor(view: View, now: () => Instant): () => Paper {
  const { settings } = view;
  const words = wordsFor(settings.language);
  const times = timesFor(words);
  const publishers = new Map<string, Publisher>(settings.publishers.map((publisher) => [publisher.id, publisher]));
  const titles = new Map<string, string>(settings.sections.map((section) => [section.id, titleOf(section, words)]));
  const sectionTitle = (id: string): string => titles.get(id) ?? id;
  return () => {
    const topics = view.topics();
    const republished = new Set<string | undefined>(topics.map((topic) => topic.section));
    return {
      settings,
      words,
      times,
      now: now(),
      topics: topics.filter((topic) => topic.section === undefined && isListed(topic)),
      sections: settings.sections
        .filter(({ id }) => republished.has(id))
        .map(({ id }) => ({ id, title: sectionTitle(id) })),
      publisherTitle: (id) => publishers.get(id)?.title ?? id,
      publisher: (id) => publishers.get(id),
      sectionTitle,
      creditOf: (item) => view.creditOf(item),
    };
  };
}

const titleOf = ({ id, titles }: Section, { language }: Words): string =>
  titles[language] ?? titles["en"] ?? Object.values(titles)[0] ?? id;
