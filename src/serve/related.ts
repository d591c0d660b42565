import type { StoryId } from "../model/ids.ts";
import type { Decision, Placed, Related } from "../model/news.ts";
import { headline, publisherPath, storyPath } from "./headline.ts";
import { type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import type { FindStory, NamedStory } from "./speaker.ts";
import { whyWords } from "./why-words.ts";

const SHOWN = 5;

/** An earlier story as it is now, and why it is named. */
interface Reference extends Pick<Related, "shared"> {
  readonly story: NamedStory;
}

/** "Mehr zum Thema": the earlier stories that an item was found to belong with. */
export const relatedToItem = (paper: Paper, { decision }: Placed, find: FindStory): Html | undefined =>
  block(paper, referencesOf([decision], decision.story, find));

/** The same for all items of a story: what most of them name comes first. */
export const relatedToStory = (
  paper: Paper,
  id: StoryId,
  members: readonly Placed[],
  find: FindStory,
): Html | undefined =>
  block(
    paper,
    referencesOf(
      members.map(({ decision }) => decision),
      id,
      find,
    ),
  );

/** Each once, by its living name; not the story itself, not what nobody tells any more. */
function referencesOf(decisions: readonly Decision[], own: StoryId, find: FindStory): readonly Reference[] {
  const found = new Map<StoryId, Reference & { votes: number }>();
  for (const { story: name, shared } of decisions.flatMap(({ related = [] }) => related)) {
    const story = find(name);
    if (story === undefined || story.id === own) continue;
    const known = found.get(story.id) ?? { story, votes: 0, ...(shared === undefined ? {} : { shared }) };
    known.votes += shared === undefined ? decisions.length : 1;
    found.set(story.id, known);
  }
  return [...found.values()].sort((a, b) => b.votes - a.votes).slice(0, SHOWN);
}

function block(paper: Paper, references: readonly Reference[]): Html | undefined {
  if (references.length === 0) return undefined;
  return html`<section class="related" aria-labelledby="related">
<h2 id="related" class="rubric">${whyWords(paper.words.language).related}</h2>
<ul>${references.map((reference) => row(paper, reference))}</ul>
</section>`;
}

function row(paper: Paper, { story, shared }: Reference): Html {
  const { item } = story.speaker;
  const said = whyWords(paper.words.language);
  return html`<li>
${headline(paper, item, "h3", storyPath(story.id))}
<p class="byline"><span><a class="publisher" href="${publisherPath(item.publisher)}">${paper.publisherTitle(item.publisher)}</a></span>
<span>${paper.times.at(item.publishedAt ?? item.arrivedAt, paper.now)}</span>
<span>${shared === undefined ? said.continued : said.foundBy(shared)}</span></p>
</li>
`;
}
