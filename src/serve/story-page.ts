import type { ItemId } from "../model/ids.ts";
import type { Placed } from "../model/news.ts";
import { onePerPage } from "../model/placed.ts";
import { byline, headline, itemPath, teaser } from "./headline.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { itemCard } from "./story-card.ts";

/** One story as all its publishers tell it: the best ranked speaks, the others follow, newest first. */
export function storyPage(paper: Paper, members: readonly [Placed, ...Placed[]]): Page {
  const { words } = paper;
  const speaker = speakerOf(paper, members);
  const others = onePerPage(members, speaker);
  const publishers = new Set(members.map(({ item }) => item.publisher)).size;
  const byId = new Map<ItemId, Placed>(members.map((member) => [member.item.id, member]));
  return {
    title: speaker.item.title,
    main: html`<header class="page-head">
<p class="rubric">${words.oneStory}, ${words.sources(publishers)}</p>
${headline(paper, speaker.item, "h1")}${teaser(paper, speaker.item)}
${byline(paper, speaker.item, html`<a class="why" href="${itemPath(speaker.item)}">${words.why}</a>`)}
</header>
${
  others.length > 0 &&
  html`<section aria-labelledby="others">
<h2 id="others" class="rubric">${words.alsoReport}</h2>
<div class="list">${others.slice(0, SHOWN).map((other) => itemCard(paper, other, "story", copyNote(paper, other, byId)))}</div>
${others.length > SHOWN && html`<p class="small">${words.notAllShown(others.length - SHOWN)}</p>`}
</section>`
}`,
  };
}

/** The longest-running stories gather thousands of items; nobody reads further than this. */
const SHOWN = 200;

/** As in topics: rank first. Of equal ones the newest, and no copy where there is an original. */
function speakerOf(paper: Paper, members: readonly [Placed, ...Placed[]]): Placed {
  const rank = ({ item, decision }: Placed): number =>
    (paper.publisher(item.publisher)?.rank ?? Number.MAX_SAFE_INTEGER) + (decision.copyOf === undefined ? 0 : 0.5);
  return members.reduce((best, member) => (rank(member) < rank(best) ? member : best), members[0]);
}

function copyNote(paper: Paper, { decision }: Placed, byId: ReadonlyMap<ItemId, Placed>): Html | undefined {
  const original = decision.copyOf === undefined ? undefined : byId.get(decision.copyOf);
  if (original === undefined) return undefined;
  const publisher = paper.publisherTitle(original.item.publisher);
  return html`<p class="also">${paper.words.copyOf} <a href="${itemPath(original.item)}">${publisher}</a></p>`;
}
