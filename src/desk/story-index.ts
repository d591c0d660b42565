import { likeness, likenessOfStories } from "./centroid.ts";
import type { Stories, Story } from "./stories.ts";
import { heaviest, type Vector } from "./vector.ts";

/** Which stories a term leads to. Follows from the stories, so that no snapshot holds it. */
export interface StoryIndex {
  readonly byTerm: Map<string, Lead[]>;
  readonly tallies: Map<Story, Tally>;
  /** counts searches, so that a tally knows whether its score is this search's */
  searches: number;
}

/** A story and its score in a search; kept so that a search, the desk's hottest loop, looks nothing up. */
interface Tally {
  readonly story: Story;
  readonly leads: Map<string, Lead>;
  /** of the story's centroid */
  length: number;
  search: number;
  score: number;
}

/** That a term leads to a story: most terms lead to one or two. */
interface Lead {
  readonly tally: Tally;
  /** of the term in the story */
  weight: number;
  /** its place among the term's leads */
  at: number;
}

export interface Likely {
  readonly story: Story;
  /** cosine, 0 to 1 */
  readonly likeness: number;
}

/** Only the heaviest terms look for candidates, and not those that lead everywhere. */
const PROBES = 12;
const MOST_STORIES_A_TERM = 200;
const CANDIDATES = 12;
/** Of a text only its heaviest terms lead to its story. */
const LEADS_A_TEXT = 20;

export function indexOfStories(stories: Stories): StoryIndex {
  const index: StoryIndex = { byTerm: new Map(), tallies: new Map(), searches: 0 };
  for (const story of stories.bySerial.values()) followTerms(index, story, story.leads);
  return index;
}

export function leadTo(index: StoryIndex, story: Story, vector: Vector): void {
  for (let at = 0; at < Math.min(LEADS_A_TEXT, vector.terms.length); at += 1) story.leads.add(vector.terms[at] ?? "");
  followTerms(index, story, vector.terms);
}

/** After the weight of terms in a story changed. */
export function followTerms(index: StoryIndex, story: Story, terms: Iterable<string>): void {
  const tally = tallyOf(index, story);
  tally.length = Math.sqrt(story.centroid.square);
  for (const term of terms) {
    if (!story.leads.has(term)) continue;
    const weight = story.centroid.sum.get(term);
    if (weight === undefined) {
      story.leads.delete(term);
      removeLead(index, tally, term);
    } else putLead(index, tally, term, weight);
  }
}

export function removeStory(index: StoryIndex, story: Story): void {
  const tally = tallyOf(index, story);
  for (const term of story.leads) removeLead(index, tally, term);
  index.tallies.delete(story);
}

function tallyOf(index: StoryIndex, story: Story): Tally {
  const known = index.tallies.get(story);
  if (known !== undefined) return known;
  const tally = { story, leads: new Map(), length: 0, search: 0, score: 0 };
  index.tallies.set(story, tally);
  return tally;
}

function putLead(index: StoryIndex, tally: Tally, term: string, weight: number): void {
  const known = tally.leads.get(term);
  if (known !== undefined) {
    known.weight = weight;
    return;
  }
  const leads = index.byTerm.get(term) ?? [];
  if (leads.length === 0) index.byTerm.set(term, leads);
  const lead = { tally, weight, at: leads.length };
  leads.push(lead);
  tally.leads.set(term, lead);
}

/** The last of the term's leads comes to its place. */
function removeLead(index: StoryIndex, tally: Tally, term: string): void {
  const [lead, leads] = [tally.leads.get(term), index.byTerm.get(term)];
  if (lead === undefined || leads === undefined) return;
  tally.leads.delete(term);
  const last = leads.pop() ?? lead;
  if (leads.length === 0) index.byTerm.delete(term);
  if (last === lead) return;
  leads[lead.at] = last;
  last.at = lead.at;
}

/** The stories most like a text, likest first. */
export function likeliest(index: StoryIndex, vector: Vector): readonly Likely[] {
  return candidates(index, vector.terms, vector.weights)
    .map((story) => ({ story, likeness: likeness(vector, story.centroid) }))
    .sort(byLikeness);
}

/** The stories most like a story, likest first. */
export function neighbours(index: StoryIndex, story: Story): readonly Likely[] {
  const probes = heaviest(story.centroid.sum, PROBES);
  return candidates(
    index,
    probes.map(([term]) => term),
    probes.map(([, weight]) => weight),
  )
    .filter((other) => other !== story)
    .map((other) => ({ story: other, likeness: likenessOfStories(story.centroid, other.centroid) }))
    .sort(byLikeness);
}

/** Of equals the earlier story, so that the order never depends on a Map's. */
const byLikeness = (a: Likely, b: Likely): number => b.likeness - a.likeness || a.story.serial - b.story.serial;

function candidates(index: StoryIndex, terms: readonly string[], weights: readonly number[]): readonly Story[] {
  const search = ++index.searches;
  const touched: Tally[] = [];
  for (let at = 0; at < Math.min(PROBES, terms.length); at += 1) {
    const leads = index.byTerm.get(terms[at] ?? "");
    if (leads === undefined || leads.length > MOST_STORIES_A_TERM) continue;
    const weight = weights[at] ?? 0;
    for (const { tally, weight: storyWeight } of leads) {
      if (tally.search !== search) {
        tally.search = search;
        tally.score = 0;
        touched.push(tally);
      }
      tally.score += (weight * storyWeight) / tally.length;
    }
  }
  return highest(touched).map(({ story }) => story);
}

/** The few highest scores, without sorting all. */
function highest(touched: readonly Tally[]): readonly Tally[] {
  const top: Tally[] = [];
  for (const tally of touched) {
    const last = top[CANDIDATES - 1];
    if (last !== undefined && !isHigher(tally, last)) continue;
    let at = Math.min(top.length, CANDIDATES - 1);
    for (let above = top[at - 1]; above !== undefined && isHigher(tally, above); above = top[at - 1]) {
      top[at] = above;
      at -= 1;
    }
    top[at] = tally;
  }
  return top;
}

const isHigher = (a: Tally, b: Tally): boolean =>
  a.score > b.score || (a.score === b.score && a.story.serial < b.story.serial);
