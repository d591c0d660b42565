import type { Hit, Run } from "../model/found.ts";
import { byline, headline, itemPath, langOf, sectionLink, storyPath } from "./headline.ts";
import { type Fragment, type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import { searchWords } from "./search-words.ts";

/**
 * What a search found, with its words marked.
 * @param again the same page of its publisher, by other feeds
 */
export function hitCard(paper: Paper, { placed: { item, decision }, title, teaser }: Hit, again: readonly Hit[]): Html {
  const { words } = paper;
  return html`<article class="card listed">
${headline(paper, item, "h3", undefined, (from, to) => marked(title, from, to))}
${teaser !== undefined && html`<p class="teaser" dir="auto"${langOf(paper, item)}>${marked(teaser)}</p>`}
${byline(
  paper,
  item,
  decision.section !== undefined && sectionLink(paper, decision.section),
  html`<a href="${storyPath(decision.story)}">${words.storyLink}</a>`,
  html`<a class="why" href="${itemPath(item)}">${words.why}</a>`,
)}
${again.length > 0 && samePage(paper, again)}
</article>
`;
}

/** So that hits may be counted on the page. */
function samePage(paper: Paper, again: readonly Hit[]): Html {
  const { words, settings } = paper;
  const nameOf = ({ placed: { item, decision } }: Hit): string =>
    settings.feeds.find(({ id }) => id === item.feed)?.title ??
    (decision.section === undefined ? words.item : paper.sectionTitle(decision.section));
  const links = again.map(
    (hit, at) => html`${at > 0 && ", "}<a href="${itemPath(hit.placed.item)}">${nameOf(hit)}</a>`,
  );
  return html`<p class="also">${searchWords(words.language).samePage(again.length)}: ${links}</p>`;
}

/** The characters from `from` to `to` of what the runs are, end to end. */
function marked(runs: readonly Run[], from = 0, to = Number.POSITIVE_INFINITY): readonly Fragment[] {
  let at = 0;
  return runs.map(({ text, hit }) => {
    const cut = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += text.length;
    return hit && cut !== "" ? html`<mark>${cut}</mark>` : cut;
  });
}
