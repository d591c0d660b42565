import { Readable } from "node:stream";
import FeedParser from "feedparser";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { expect } from "vitest";

/** An entry as a feed reader takes it from a document. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly html: string;
  /** absent where the parser knows no date of change: RSS has none of its own */
  readonly updatedAt?: number;
}

type Parse = (text: string) => Promise<readonly Entry[]> | readonly Entry[];

/** A feed reader: asks with what it was told last time, and knows what it has shown by its id. */
export function openFeedReader(format: string, parse: Parse, isDated = true) {
  let etag: string | null = null;
  const shown = new Map<string, Entry>();
  /** every id under which a story was ever shown as unread, by story */
  const announced = new Map<string, Set<string>>();
  const updates: string[] = [];
  let entries: readonly Entry[] = [];

  return {
    format,
    /** its parser knows when an entry was changed */
    isDated,
    announced,
    updates,
    entries: () => entries,
    find: (story: string) => entries.find((entry) => storyOf(entry) === story),

    /** @returns the stories that are shown as unread now */
    async poll(address: string): Promise<readonly string[]> {
      const headers: Record<string, string> = etag === null ? {} : { "if-none-match": etag };
      const answer = await fetch(`${address}.${format}`, { headers });
      if (answer.status === 304) return [];
      expect(answer.status).toBe(200);
      etag = answer.headers.get("etag");
      entries = await parse(await answer.text());
      expect(new Set(entries.map(({ id }) => id)).size, "an id stands twice in a document").toBe(entries.length);
      return entries.flatMap((entry) => {
        const before = shown.get(entry.id);
        shown.set(entry.id, entry);
        if (before !== undefined) {
          if (isUpdate(before, entry)) updates.push(storyOf(entry));
          return [];
        }
        const ids = announced.get(storyOf(entry)) ?? new Set();
        announced.set(storyOf(entry), ids.add(entry.id));
        return [storyOf(entry)];
      });
    },
  };
}

/** By its date of change, as readers of Atom and JSON Feed do it; else by what it says. */
export function isUpdate(before: Entry, after: Entry): boolean {
  if (before.updatedAt !== undefined) return (after.updatedAt ?? 0) > before.updatedAt;
  return before.title !== after.title || before.link !== after.link || before.html !== after.html;
}

export type FeedReader = ReturnType<typeof openFeedReader>;

/** Which story of the script it tells: its name is a word of every headline. */
const NAMED = ["Uthlande", "Nördlingen"];

export const storyOf = ({ title }: Pick<Entry, "title">): string =>
  NAMED.find((name) => title.includes(name)) ?? title.split(" ", 1)[0] ?? "";

const at = (date: string | Date | null | undefined): number => new Date(date ?? 0).getTime();

export const rssEntries: Parse = (text) =>
  (parseRssFeed(text).items ?? []).map(({ guid, title, link, content, atom, pubDate }) => ({
    ...{ id: guid?.value ?? "", title: title ?? "", link: link ?? "", html: content?.encoded ?? "" },
    updatedAt: at(atom?.updated ?? pubDate),
  }));

export const atomEntries: Parse = (text) =>
  (parseAtomFeed(text).entries ?? []).map(({ id, title, links = [], content, updated }) => ({
    ...{ id: id ?? "", title: title?.value ?? "", link: links.find(({ rel }) => rel === "alternate")?.href ?? "" },
    ...{ html: content?.value ?? "", updatedAt: at(updated) },
  }));

export const jsonEntries: Parse = (text) =>
  (parseJsonFeed(text).items ?? []).map(({ id, title, url, content_html: html, date_modified: updated }) => ({
    ...{ id: id ?? "", title: title ?? "", link: url ?? "", html: html ?? "", updatedAt: at(updated) },
  }));

/** The parser that most readers written for Node use, with its own idea of ids. */
export const feedparserEntries: Parse = async (text) => {
  const parser = new FeedParser({});
  const entries: Entry[] = [];
  Readable.from([text]).pipe(parser);
  for await (const item of parser as AsyncIterable<FeedParser.Item>) {
    const { guid, title, link, description, date, meta } = item;
    const dated = meta["#type"] === "atom" ? { updatedAt: at(date) } : {};
    entries.push({ id: guid, title: title ?? "", link: link ?? "", html: description ?? "", ...dated });
  }
  return entries;
};
