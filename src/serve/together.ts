import type { ItemId } from "../model/ids.ts";
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
/** A story that runs for weeks absorbs others by the dozen. */
const MOST_NAMES = 20;

/** In a line, why an item is in its story. */
export function joinedBecause(paper: Paper, placed: Placed, founder: ItemId | undefined): Html | undefined {
  const reason = storyReason(placed);
  if (reason === undefined) return undefined;
  const said = whyWords(paper.words.language);
  if (placed.item.id === founder && BEGINS.has(reason.rule)) return html`<p class="also">${said.began}</p>`;
  const sentence = BEGINS.has(reason.rule) ? said.broughtIn : sentenceOf(paper, reason);
  const grounds = groundsOf(paper, reason);
  return html`<p class="also">${sentence}${grounds !== undefined && html`. <span class="grounds">${grounds}</span>`}</p>`;
}

/** What made a story of its items: where it began, what it absorbed, what editors decided. */
export function togetherBlock(paper: Paper, { members, was = [] }: ToldStory): Html | undefined {
  const said = whyWords(paper.words.language);
  const founder = members.at(-1);
  const edits = members.flatMap((member) => editorLines(paper, member));
  if (members.length === 1 && edits.length + was.length === 0) return undefined;
  return html`<section class="reasons together" aria-labelledby="together">
<h2 id="together" class="rubric">${said.together}</h2>
<ul>
${founder !== undefined && line(paper, said.began, founder)}
${edits}
${was.length > 0 && html`<li>${said.earlierNames(was.length)} ${namesOf(was)}</li>`}
</ul>
</section>`;
}

function editorLines(paper: Paper, member: Placed): readonly Html[] {
  const decided = member.decision.reasons.filter(({ rule }) => EDITED.has(rule));
  return decided.map((reason) => {
    const by = reason.evidence?.["by"];
    return line(paper, `${sentenceOf(paper, reason)}${by === undefined ? "" : ` (${by})`}`, member);
  });
}

const line = (
  paper: Paper,
  text: string,
  { item }: Placed,
): Html => html`<li>${text}: <a href="${itemPath(item)}" dir="auto"${langOf(
  paper,
  item,
)}>${item.title}</a> (${paper.publisherTitle(item.publisher)}, ${paper.times.at(item.arrivedAt, paper.now)})</li>
`;

const namesOf = (was: readonly string[]): readonly Fragment[] =>
  was.slice(-MOST_NAMES).map((name) => html`<a href="${storyPath(name)}"><code>${name}</code></a> `);

const storyReason = ({ decision }: Placed): Reason | undefined =>
  decision.reasons.find(({ about }) => about === "story");
