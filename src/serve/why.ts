import type { StoryId } from "../model/ids.ts";
import type { Decision, Reason } from "../model/news.ts";
import { storyPath } from "./headline.ts";
import { type Fragment, type Html, html } from "./html.ts";
import type { Paper } from "./paper.ts";
import type { FindStory } from "./speaker.ts";
import { type WhyWords, whyWords } from "./why-words.ts";

/** "Warum hier?": each decision on an item in a sentence, what would have changed it, and its figures on request. */
export function whyBlock(paper: Paper, { reasons }: Decision, find: FindStory): Html {
  const { words } = paper;
  return html`<section class="reasons" aria-labelledby="reasons">
<h2 id="reasons" class="rubric">${whyWords(words.language).title}</h2>
${reasons.length === 0 ? html`<p>${words.noReasons}</p>` : html`<dl>${reasons.map((reason) => row(paper, reason, find))}</dl>`}
</section>`;
}

/** The desk says its reasons in English; a rule of another version of Ressort stays so. */
export function sentenceOf({ words }: Paper, { about, rule, words: english }: Reason): string {
  const sentence = words.reasons[about][rule] ?? english;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What a decision rests on, in few words: terms in common, or who made it. */
export function groundsOf(paper: Paper, { evidence = {} }: Reason): string | undefined {
  const said = whyWords(paper.words.language);
  const { shared, by } = evidence;
  if (typeof shared === "object" && shared.length > 0) return said.inCommon(shared);
  return by === undefined ? undefined : said.by(textOf(by));
}

function row(paper: Paper, reason: Reason, find: FindStory): Html {
  const grounds = groundsOf(paper, reason);
  return html`<div><dt>${paper.words.about[reason.about]}</dt>
<dd><p>${sentenceOf(paper, reason)}${grounds !== undefined && html` <span class="grounds">${grounds}</span>`}</p>
${otherwise(paper, reason, find)}
${figures(paper, reason)}</dd></div>
`;
}

/** What would have changed it. */
function otherwise(paper: Paper, reason: Reason, find: FindStory): Html | undefined {
  const said = whyWords(paper.words.language).otherwise;
  const { nearest, after } = reason.evidence ?? {};
  const sentence = counterfactual(paper, reason);
  const links = [storyLink(find, said.nearest, nearest), storyLink(find, said.full, after)];
  if (sentence === undefined && links.every((link) => link === undefined)) return undefined;
  return html`<p class="small">${sentence} ${links}</p>`;
}

function counterfactual(paper: Paper, { about, rule, evidence = {} }: Reason): string | undefined {
  const { otherwise: said, missing: things } = whyWords(paper.words.language);
  const { likeness, needed, missing, probability } = evidence;
  if (typeof needed !== "number") return undefined;
  const bound = figure(paper, probability === undefined ? "needed" : "probability", needed);
  if (probability !== undefined) return said.filed(bound);
  if (rule === "first" && typeof missing === "string") return said.missed(things[missing] ?? missing);
  if (rule === "first" && typeof likeness === "number")
    return said.tooUnlike(figure(paper, "likeness", likeness), bound);
  if (rule === "centroid") return said.joined(bound);
  return about === "copy" ? said.copied(bound) : said.alike(bound);
}

function storyLink(find: FindStory, text: string, id: Evidence | undefined): Html | undefined {
  const story = typeof id === "string" ? find(id as StoryId) : undefined;
  return story && html`<a href="${storyPath(story.id)}">${text}</a>`;
}

function figures(paper: Paper, { rule, evidence = {} }: Reason): Html {
  const said: WhyWords = whyWords(paper.words.language);
  const rows: readonly Fragment[] = Object.entries(evidence).map(
    ([
      name,
      value,
    ]) => html`<li><span>${said.names[name] ?? name}</span> ${shownValue(paper, kindOf(name, evidence), value)}</li>
`,
  );
  return html`<details class="why"><summary>${said.figures}</summary><ul class="evidence"><li><code class="rule">${rule}</code></li>
${rows}</ul></details>`;
}

type Evidence = NonNullable<Reason["evidence"]>[string];

/** What a certainty needs is a certainty. */
const kindOf = (name: string, { probability }: NonNullable<Reason["evidence"]>): string =>
  name === "needed" && probability !== undefined ? "probability" : name;

const textOf = (value: Evidence): string => (typeof value === "object" ? value.join(", ") : String(value));

const shownValue = (paper: Paper, name: string, value: Evidence): string =>
  typeof value === "number" ? figure(paper, name, value) : textOf(value);

/** "0,30", "82 %", "12". */
function figure({ words }: Paper, name: string, value: number): string {
  const options = name === "probability" ? PERCENT : Number.isInteger(value) ? {} : HUNDREDTHS;
  return new Intl.NumberFormat(words.language, options).format(value);
}

const PERCENT = { style: "percent" } as const;
const HUNDREDTHS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
