import type { Item } from "../model/item.ts";
import type { Passage, Revision } from "../model/revision.ts";
import { langOf } from "./headline.ts";
import { type Fragment, type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import { type RevisionWords, revisionWords } from "./revision-words.ts";

/** What an item's publisher changed in it, the latest first. */
export function revisionsNote(paper: Paper, item: Item): Html | undefined {
  const { revisions = [] } = item;
  const words = revisionWords(paper.words.language);
  if (revisions.length === 0) return undefined;
  return html`<section class="revisions" aria-labelledby="revisions">
<h2 id="revisions" class="rubric">${words.changes}</h2>
<dl>${revisions.map((revision) => revisionRow(paper, item, revision))}</dl>
</section>`;
}

function revisionRow(paper: Paper, item: Item, revision: Revision): Html {
  const { times, now } = paper;
  const words = revisionWords(paper.words.language);
  const { weight, because, at } = revision;
  return html`<div id="revision-${revision.number}"><dt>${words.weights[weight]} ${times.at(at, now)}</dt>
<dd><p>${words.rules[because]}. <code class="rule">${because}</code></p>
${changesOf(paper, item, revision)}
${noticeOf(paper, item, revision)}
</dd></div>
`;
}

/** Words struck and inserted, of each part that changed. */
export function changesOf(paper: Paper, item: Item, revision: Revision): readonly Fragment[] {
  const words = revisionWords(paper.words.language);
  const { body, bodyWords } = revision;
  const changed = (["title", "teaser", "body"] as const).map((part) => {
    const passages = revision[part];
    return (
      passages !== undefined &&
      html`<p>${words.parts[part]}: <span dir="auto"${langOf(paper, item)}>${passages.map((one) => passage(words, one))}</span></p>
`
    );
  });
  const isCounted = body === undefined && bodyWords !== undefined;
  return [
    ...changed,
    isCounted && html`<p>${words.parts.body}: ${words.bodyWords(bodyWords.struck, bodyWords.inserted)}</p>`,
  ];
}

/** What its publisher says of the mistake, where the changed words do not say it already. */
export function noticeOf(paper: Paper, item: Item, { notice, title = [], teaser = [], body = [] }: Revision) {
  const now = [title, teaser, body].map((passages) =>
    oneLine(passages.map(({ kind, text }) => (kind === "struck" ? "" : text)).join("")),
  );
  if (notice === undefined || now.some((text) => text.includes(oneLine(notice)))) return undefined;
  const words = revisionWords(paper.words.language);
  return html`<p>${words.notice}: <q dir="auto"${langOf(paper, item)}>${notice}</q></p>`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/** Screen readers pass over <del> and <ins>: the words say which is which. */
function passage(words: RevisionWords, { kind, text }: Passage): Fragment {
  if (kind === "struck")
    return html` <del><span class="unseen">[${words.struck}: </span>${text.trim()}<span class="unseen">]</span></del>`;
  if (kind === "inserted")
    return html` <ins><span class="unseen">[${words.inserted}: </span>${text.trim()}<span class="unseen">]</span></ins>`;
  return text;
}
