import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { onePerPage } from "../model/placed.ts";
import { byline, headline, itemPath, teaser } from "./headline.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { relatedToStory } from "./related.ts";
import { type FindStory, speakerOf } from "./speaker.ts";
import { itemCard } from "./story-card.ts";
import { togetherBlock } from "./together.ts";
import type { ToldStory } from "./view.ts";

/** One story as all its publishers tell it: the best ranked speaks, the others follow, newest first, and then why they are one. */
export function storyPage(
  paper: Paper,
  story: ToldStory & { readonly members: readonly [Placed, ...Placed[]] },
  find: FindStory,
): Page {
  const { words } = paper;
  const { members } = story;
  const speaker = speakerOf(paper, members);
  const others = onePerPage(members, speaker);
  const publishers = new Set(members.map(({ item }) => item.publisher)).size;
  return {
    title: speaker.item.title,
    main: html`<header class="page-head">
<p class="rubric">${words.oneStory}, ${words.sources(publishers)}</p>
${headline(paper, speaker.item, "h1")}${teaser(paper, speaker.item)}
${byline(paper, speaker.item, html`<a class="why" href="${itemPath(speaker.item)}">${words.why}</a>`)}
</header>
${others.length > 0 && othersBlock(paper, others, members)}
${relatedToStory(paper, story.id, members, find)}
${togetherBlock(paper, story)}`,
  };
}

/** The longest-running stories gather thousands of items; nobody reads further than this. */
const SHOWN = 200;

function othersBlock(paper: Paper, others: readonly Placed[], members: readonly Placed[]): Html {
  const { words } = paper;
  const byId = new Map<ItemId, Placed>(members.map((member) => [member.item.id, member]));
  return html`<section aria-labelledby="others">
<h2 id="others" class="rubric">${words.alsoReport}</h2>
<div class="list">${others.slice(0, SHOWN).map((other) => itemCard(paper, other, "story", copyNote(paper, other, byId)))}</div>
${others.length > SHOWN && html`<p class="small">${words.notAllShown(others.length - SHOWN)}</p>`}
</section>`;
}

function copyNote(paper: Paper, { decision }: Placed, byId: ReadonlyMap<ItemId, Placed>): Html | undefined {
  const original = decision.copyOf === undefined ? undefined : byId.get(decision.copyOf);
  if (original === undefined) return undefined;
  const publisher = paper.publisherTitle(original.item.publisher);
  return html`<p class="also">${paper.words.copyOf} <a href="${itemPath(original.item)}">${publisher}</a></p>`;
}
