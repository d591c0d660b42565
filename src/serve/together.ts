import type { Placed, Reason } from "../model/news.ts";
import { itemPath, langOf, storyPath } from "./headline.ts";
import { type Fragment, type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import type { ToldStory } from "./view.ts";
import { groundsOf, sentenceOf } from "./why.ts";
import { whyWords } from "./why-words.ts";

/** Rules by which an editor decided. */
const EDITED: ReadonlySet<string> = new Set(["editor", "lead"]);
/** Rules by which an item begins a story. */
const BEGINS: ReadonlySet<string> = new Set(["first", "chapter", "late"]);
/** Nobody reads further but for what editors decided; each item's own page says it, too. */
const MOST_ITEMS = 200;
/** A story that runs for weeks absorbs others by the dozen. */
const MOST_NAMES = 20;

/** What made a story of its items: where it began, why each of the others joined, what it absorbed, what editors decided. */
export function togetherBlock(paper: Paper, { members, was = [] }: ToldStory): Html | undefined {
  const said = whyWords(paper.words.language);
  const [founder, ...joined] = members.toReversed();
  const edits = members.some(({ decision }) => decision.reasons.some(isEdited));
  if (founder === undefined || (joined.length === 0 && was.length === 0 && !edits)) return undefined;
  return html`<section class="reasons together" aria-labelledby="together">
<h2 id="together" class="rubric">${said.together}</h2>
<ul>
${line(paper, said.began, founder)}
${linesOf(paper, founder, isEdited)}
${joined.map((member, at) => linesOf(paper, member, at < MOST_ITEMS ? isTold : isEdited))}
${joined.length > MOST_ITEMS && html`<li>${paper.words.notAllShown(joined.length - MOST_ITEMS)}</li>`}
${was.length > 0 && html`<li>${said.earlierNames(was.length)} ${namesOf(was)}</li>`}
</ul>
</section>`;
}

const isEdited = ({ rule }: Reason): boolean => EDITED.has(rule);
const isTold = (reason: Reason): boolean => reason.about === "story" || isEdited(reason);

const linesOf = (paper: Paper, member: Placed, isSaid: (reason: Reason) => boolean): readonly Html[] =>
  member.decision.reasons.filter(isSaid).map((reason) => line(paper, joinedBecause(paper, reason), member));

/** As the item's own page says it. */
function joinedBecause(paper: Paper, reason: Reason): string {
  const by = reason.evidence?.["by"];
  if (BEGINS.has(reason.rule)) return whyWords(paper.words.language).broughtIn;
  if (isEdited(reason)) return `${sentenceOf(paper, reason)}${by === undefined ? "" : ` (${by})`}`;
  const grounds = groundsOf(paper, reason);
  return `${sentenceOf(paper, reason)}${grounds === undefined ? "" : `. ${grounds}`}`;
}

const line = (
  paper: Paper,
  text: string,
  { item }: Placed,
): Html => html`<li>${text}: <a href="${itemPath(item)}" dir="auto"${langOf(
  paper,
  item,
)}>${item.title}</a> (${paper.publisherTitle(item.publisher)}, ${whyWords(paper.words.language).arrived} ${paper.times.at(item.arrivedAt, paper.now)})</li>
`;

const namesOf = (was: readonly string[]): readonly Fragment[] =>
  was.slice(-MOST_NAMES).map((name) => html`<a href="${storyPath(name)}"><code>${name}</code></a> `);
