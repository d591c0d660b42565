import { z } from "zod";
import { openDesk } from "../../src/desk/desk.ts";
import {
  type FeedId,
  type ItemId,
  itemId,
  type PublisherId,
  type SectionId,
  type StoryId,
  storyId,
} from "../../src/model/ids.ts";
import type { Decision, NewsItem, Placed } from "../../src/model/news.ts";
import type { Settings } from "../../src/model/settings.ts";
import { readText } from "../read-text.ts";

/** An item of a file, and where the file says that it belongs. */
export interface FiledItem {
  readonly item: NewsItem;
  readonly story?: StoryId;
  readonly section?: SectionId;
  readonly copyOf?: ItemId;
}

const text = z.string().nullish();
const Line = z.object({
  id: text,
  publisher: z.string(),
  language: text,
  title: z.string(),
  teaser: text,
  url: text,
  arrivedAt: text,
  // what crawlers of front pages call it
  first_seen: text,
  story: text,
  section: text,
  copyOf: text,
});

/** Items as `ressort replay` takes them, in order of arrival; what it answers may stand in the same lines. */
export function readItems(file: string): { readonly items: readonly FiledItem[]; readonly badLines: number } {
  const lines = readText(file)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const items = lines.flatMap((line) => itemOf(line) ?? []);
  return {
    items: items.toSorted((a, b) => a.item.arrivedAt - b.item.arrivedAt),
    badLines: lines.length - items.length,
  };
}

function itemOf(line: string): FiledItem | undefined {
  const found = Line.safeParse(jsonOf(line)).data;
  const id = found?.id || found?.url;
  const arrivedAt = instantOf(found?.arrivedAt ?? found?.first_seen ?? "");
  if (found === undefined || !id || Number.isNaN(arrivedAt)) return undefined;
  const { publisher, language, title, teaser, url, story, section, copyOf } = found;
  return {
    item: {
      ...{ id: itemId(id), iri: id, feed: "file" as FeedId, title, arrivedAt, revision: 0, digest: "" },
      // a file names publishers as it likes ("Los Angeles Times"), the settings only by slug
      publisher: publisher as PublisherId,
      ...(language && { language: language.toLowerCase() }),
      ...(teaser && { teaser }),
      ...(url && { permalink: url }),
    },
    ...(story && { story: storyId(story) }),
    ...(section && { section: section as SectionId }),
    ...(copyOf && { copyOf: itemId(copyOf) }),
  };
}

/** Without a zone it is UTC. */
const instantOf = (time: string): number => Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Places items as the desk would, or as the file has it: sections where the item names its own, stories where all do.
 * The desk decides by what it has seen, so of a choice of items it makes nearly the stories that it makes of all.
 */
export function place(items: readonly FiledItem[], settings: Pick<Settings, "sections" | "publishers">): Placed[] {
  const isFiled = items.every(({ story }) => story !== undefined);
  const decisions = isFiled ? new Map<ItemId, Decision>() : decide(items, settings);
  return items.map(({ item, story, section, copyOf }) => {
    const own = { item: item.id, story: story ?? storyId(item.id), storyIri: story ?? item.id, reasons: [] };
    const decision = decisions.get(item.id) ?? { ...own, ...(copyOf !== undefined && { copyOf }) };
    return { item, decision: section === undefined ? decision : { ...decision, section } };
  });
}

function decide(items: readonly FiledItem[], settings: Pick<Settings, "sections" | "publishers">) {
  const desk = openDesk(settings);
  const decisions = new Map<ItemId, Decision>();
  for (const { item } of items) {
    const { decisions: decided, moved } = desk.take({ kind: "new", item });
    for (const decision of decided) decisions.set(decision.item, decision);
    for (const { item: id, story, storyIri } of moved) {
      const decision = decisions.get(id);
      if (decision !== undefined) decisions.set(id, { ...decision, story, storyIri });
    }
  }
  return decisions;
}
