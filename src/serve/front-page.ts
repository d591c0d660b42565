import type { StoryId } from "../model/ids.ts";
import { onePerPage } from "../model/placed.ts";
import type { Section } from "../model/section.ts";
import type { TopicEntry } from "../model/topic.ts";
import { isIll } from "./feed-table.ts";
import { sectionLink } from "./headline.ts";
import { type Fragment, type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import type { FindStory } from "./speaker.ts";
import { sourceCount, storyCard } from "./story-card.ts";
import type { FeedReport } from "./view.ts";

export interface SectionNews {
  readonly section: Section;
  readonly entries: readonly TopicEntry[];
}

/** Asked for a section; what stands at the top of the page is not told again below. */
export const STORIES_A_SECTION = 12;
const SHOWN_A_SECTION = 8;
/** What nobody filed has no page of its own, so more of it stands here. */
export const UNFILED_STORIES = 60;
const SHOWN_UNFILED = 24;
const WITH_TEASER = 2;
const TOP_STORIES = 5;

/** At the top what most publishers report, then section by section, then what is filed under none. */
export function frontPage(
  paper: Paper,
  news: readonly SectionNews[],
  unfiled: readonly TopicEntry[],
  find: FindStory,
): Page {
  const { words } = paper;
  const top = mostReported([...news.flatMap(({ entries }) => entries), ...unfiled]);
  const told = new Set(top.map(({ story }) => story));
  const sections = news.map(({ section, entries }) => ({ section, entries: untold(entries, told, SHOWN_A_SECTION) }));
  const more = untold(unfiled, told, SHOWN_UNFILED);
  const spoken = (entries: readonly TopicEntry[]) => entries.map((entry) => asItsPage(entry, find));
  return {
    main: html`<h1 class="unseen">${words.home}</h1>
${top.length > 0 && topStories(paper, spoken(top))}
${sections.map(({ section, entries }) => sectionNews(paper, `section-${section.id}`, sectionLink(paper, section.id), spoken(entries)))}
${sectionNews(paper, "no-section", words.more, spoken(more))}`,
    here: "/",
  };
}

/** Before anything was read. Where no feed can be, waiting does not help. */
export function emptyFrontPage({ words }: Paper, feeds: readonly FeedReport[]): Page {
  const ill = feeds.filter(isIll).length;
  const isHopeful = ill === 0 || ill < feeds.length;
  return {
    main: html`<div class="empty"><h1>${words.nothingYet}</h1><p>${isHopeful ? words.nothingYetMore : words.nothingReached}</p><p><a href="/publishers">${ill === 0 ? words.status : words.someIll(ill, feeds.length)}</a></p></div>`,
    here: "/",
  };
}

/** Stories that several publishers tell, most told first; equal ones in the order of their sections. */
function mostReported(entries: readonly TopicEntry[]): readonly TopicEntry[] {
  const stories = new Map(entries.map((entry) => [entry.story, entry]));
  return [...stories.values()]
    .filter((entry) => sourceCount(entry) > 1)
    .sort((one, other) => sourceCount(other) - sourceCount(one))
    .slice(0, TOP_STORIES);
}

/** Each story in the first place where it could stand: at the top, or in the first part that has it. Notes what it takes. */
function untold(entries: readonly TopicEntry[], told: Set<StoryId>, most: number): readonly TopicEntry[] {
  const shown = entries.filter(({ story }) => !told.has(story)).slice(0, most);
  for (const { story } of shown) told.add(story);
  return shown;
}

/** A section knows its own items only; who speaks for all of the story may stand in another. */
function asItsPage(entry: TopicEntry, find: FindStory): TopicEntry {
  const lead = find(entry.story)?.speaker ?? entry.lead;
  if (lead.item.id === entry.lead.item.id) return entry;
  const others = onePerPage([entry.lead, ...entry.others], lead);
  return { ...entry, lead, others };
}

function topStories(paper: Paper, [first, ...rest]: readonly TopicEntry[]): Html | undefined {
  if (first === undefined) return undefined;
  return html`<section class="top" aria-labelledby="top">
<h2 id="top" class="rubric">${paper.words.mostReported}</h2>
<div class="spread">
${storyCard(paper, first, "lead")}
<div class="column">${rest.map((entry) => storyCard(paper, entry, "full"))}</div>
</div>
</section>
`;
}

function sectionNews(paper: Paper, id: string, title: Fragment, entries: readonly TopicEntry[]): Html | undefined {
  if (entries.length === 0) return undefined;
  return html`<section class="section" aria-labelledby="${id}">
<h2 id="${id}" class="rubric">${title}</h2>
<div class="spread">
<div class="column">${entries.slice(0, WITH_TEASER).map((entry) => storyCard(paper, entry, "full"))}</div>
<div class="columns">${entries.slice(WITH_TEASER).map((entry) => storyCard(paper, entry, "brief"))}</div>
</div>
</section>
`;
}
