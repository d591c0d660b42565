import { escapeAttribute, escapeText } from "entities";
import type { Topic, TopicEntry } from "../model/topic.ts";
import { webAddress } from "./address.ts";
import type { Mention } from "./body.ts";
import type { Credits, Source } from "./credits.ts";
import { wordsIn } from "./language.ts";
import { present } from "./present.ts";
import { line, printable } from "./printable.ts";
import { uniqueBy } from "./unique.ts";

/** Of the titles that stand in for a teaser; and of each story's teaser in the list. */
const TEASER_LENGTH = 500;
/** A line's worth; the story's page has them all. */
const NAMED = 4;

/** One story of a digest: who tells it best, and who tells it, too. */
interface Told {
  readonly lead: Mention;
  readonly teaser?: string;
  readonly others: readonly Mention[];
  readonly storyUrl: string;
}

/**
 * What a digest says, in place of a story's texts: a list of stories, each with its publisher and the way there. It is
 * ours, so we are its source; its page is where the topic's page has it.
 */
export function digestTextsOf(entry: TopicEntry, topic: Topic, credits: Credits) {
  const { digest, title = topic.title } = entry;
  const page = `${credits.publicUrl}/topics/${topic.id}`;
  const link = digest === undefined ? page : `${page}#${digest.day}`;
  const told = (digest?.stories ?? []).map((story) => toldOf(story, topic, credits));
  const titles = told.map(({ lead }) => lead.title);
  const source: Source = { title: credits.ownTitle, feedUrl: `${page}.atom`, homeUrl: page };
  return {
    title: line(title),
    link,
    story: { id: entry.iri, url: link },
    teaser: line(titles.join(" · ").slice(0, TEASER_LENGTH)),
    body: bodyOf(told, topic.language),
    others: told.map(({ lead }) => lead),
    bylines: [{ name: credits.ownTitle, url: credits.publicUrl }],
    labels: [],
    enclosures: [],
    source,
  };
}

function toldOf({ lead, others, title, story }: TopicEntry, { language }: Topic, credits: Credits): Told {
  const mentionOf = ({ item }: TopicEntry["lead"]): Mention => ({
    publisher: credits.publisherOf(item),
    title: line(item.title) || wordsIn(language).untitled,
    url: webAddress(item.permalink) ?? `${credits.publicUrl}/items/${encodeURIComponent(printable(item.id))}`,
  });
  const first = mentionOf(lead);
  return present({
    lead: { ...first, title: line(title) || first.title },
    teaser: line(lead.item.teaser?.slice(0, TEASER_LENGTH)) || undefined,
    others: uniqueBy([first, ...others.map(mentionOf)], ({ publisher }) => publisher).slice(1),
    storyUrl: `${credits.publicUrl}/stories/${encodeURIComponent(printable(story))}`,
  });
}

function bodyOf(told: readonly Told[], language: string): string {
  const words = wordsIn(language);
  const rows = told.map(({ lead, teaser, others, storyUrl }) => {
    const named = others.slice(0, NAMED).map(({ url, publisher }) => anchor(url, publisher));
    const also = named.length === 0 ? "" : `<br>${escapeText(words.alsoAt)} ${named.join(", ")}`;
    const text = teaser === undefined ? "" : `<br>${escapeText(teaser)}`;
    const more = others.length > NAMED ? ` · ${anchor(storyUrl, words.story)}` : "";
    return `<li>${anchor(lead.url, lead.title)} (${escapeText(lead.publisher)})${text}${also}${more}</li>`;
  });
  // the same HTML, in which no CDATA section ends
  return `<ol>${rows.join("")}</ol>`.replaceAll("]]>", "]]&gt;");
}

const anchor = (url: string, text: string): string => `<a href="${escapeAttribute(url)}">${escapeText(text)}</a>`;
