import { onePerPage } from "../model/placed.ts";
import type { Section } from "../model/section.ts";
import type { TopicEntry } from "../model/topic.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import type { FindStory } from "./speaker.ts";
import { sourceCount, storyCard } from "./story-card.ts";

export interface SectionNews {
  readonly section: Section;
  readonly entries: readonly TopicEntry[];
}

/** Asked for a section; what stands at the top of the page is not told again below. */
export const STORIES_A_SECTION = 12;
const SHOWN_A_SECTION = 8;
const WITH_TEASER = 2;
const TOP_STORIES = 5;

/** At the top what most publishers report, then section by section. */
export function frontPage(paper: Paper, news: readonly SectionNews[], find: FindStory): Page {
  const { words } = paper;
  if (news.length === 0) {
    return {
      main: html`<div class="empty"><h1>${words.nothingYet}</h1><p>${words.nothingYetMore}</p><p><a href="/publishers">${words.status}</a></p></div>`,
      here: "/",
    };
  }
  const top = mostReported(news);
  const sections = untold(news, top).filter(({ entries }) => entries.length > 0);
  const spoken = (entries: readonly TopicEntry[]) => entries.map((entry) => asItsPage(entry, find));
  return {
    main: html`<h1 class="unseen">${words.home}</h1>
${top.length > 0 && topStories(paper, spoken(top))}
${sections.map(({ section, entries }) => sectionNews(paper, section.id, spoken(entries)))}`,
    here: "/",
  };
}

/** Stories that several publishers tell, most told first; equal ones in the order of their sections. */
function mostReported(news: readonly SectionNews[]): readonly TopicEntry[] {
  const stories = new Map(news.flatMap(({ entries }) => entries).map((entry) => [entry.story, entry]));
  return [...stories.values()]
    .filter((entry) => sourceCount(entry) > 1)
    .sort((one, other) => sourceCount(other) - sourceCount(one))
    .slice(0, TOP_STORIES);
}

/** Each story in the first place where it could stand: at the top, or in the first section that has it. */
function untold(news: readonly SectionNews[], top: readonly TopicEntry[]): readonly SectionNews[] {
  const told = new Set(top.map(({ story }) => story));
  return news.map(({ section, entries }) => {
    const shown = entries.filter(({ story }) => !told.has(story)).slice(0, SHOWN_A_SECTION);
    for (const { story } of shown) told.add(story);
    return { section, entries: shown };
  });
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

function sectionNews(paper: Paper, id: string, entries: readonly TopicEntry[]): Html {
  const title = paper.sectionTitle(id);
  return html`<section class="section" aria-labelledby="section-${id}">
<h2 id="section-${id}" class="rubric"><a href="/sections/${id}">${title}</a></h2>
<div class="spread">
<div class="column">${entries.slice(0, WITH_TEASER).map((entry) => storyCard(paper, entry, "full"))}</div>
<div class="columns">${entries.slice(WITH_TEASER).map((entry) => storyCard(paper, entry, "brief"))}</div>
</div>
</section>
`;
}
