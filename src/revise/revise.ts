import type { Passage, Revision, RevisionRule } from "../model/revision.ts";
import type { Instant } from "../model/time.ts";
import { excerpt } from "./excerpt.ts";
import { noticesIn } from "./notice.ts";
import { type Comparison, compare, isWord } from "./passages.ts";
import { gravest, ruleFor, verdictOf } from "./weigh.ts";

/** What readers see of an item, as plain text. */
export interface Wording {
  readonly title: string;
  readonly teaser?: string;
  readonly body?: string;
  /** the title's marks (model/item.ts) */
  readonly marks?: readonly string[];
}

const PARTS = ["title", "teaser", "body"] as const;
type Part = (typeof PARTS)[number];

/** What a revision changed and what that is worth; undefined where no word or sign of it shows. */
export function revise(
  before: Wording,
  after: Wording,
  known: {
    readonly number: number;
    readonly at: Instant;
    /** may the text be shown, or only the title and the teaser? */
    readonly showsBody: boolean;
  },
): Revision | undefined {
  const compared = new Map(
    PARTS.flatMap((part) => {
      const comparison = compare(before[part] ?? "", after[part] ?? "");
      return comparison === undefined ? [] : [[part, comparison] as const];
    }),
  );
  if (compared.size === 0) return undefined;
  const notice = newNotice(before, after);
  const rules = [...compared].map(([part, comparison]) => ruleFor(comparison, after[part] ?? "", part === "title"));
  return {
    number: known.number,
    at: known.at,
    ...(notice === undefined ? weighed(rules, after) : verdictOf("notice")),
    ...shown(compared, known.showsBody),
    ...(notice !== undefined && { notice }),
  };
}

/** Revisions of one item, newest first, that are kept: the last few, and no more than so many characters. */
export function withRevision(revision: Revision, earlier: readonly Revision[] = []): readonly Revision[] {
  const kept = [revision, ...earlier].slice(0, MOST_KEPT);
  let size = 0;
  return kept.filter((one, n) => {
    size += JSON.stringify(one).length;
    return n === 0 || size <= MOST_CHARACTERS;
  });
}

const MOST_KEPT = 10;
/** Web processes hold all items in memory. */
const MOST_CHARACTERS = 8000;

/** What goes on is not wrong before. */
function weighed(rules: readonly RevisionRule[], { marks = [] }: Wording) {
  return marks.includes("live") ? verdictOf("live") : gravest(rules);
}

/** The first that stood nowhere before. */
function newNotice(before: Wording, after: Wording): string | undefined {
  const [old, fresh] = [before, after].map((wording) => PARTS.flatMap((part) => noticesIn(wording[part] ?? "")));
  return fresh?.find((notice) => !old?.includes(notice));
}

function shown(compared: ReadonlyMap<Part, Comparison>, showsBody: boolean) {
  const passagesOf = (part: Part): readonly Passage[] | undefined => {
    const comparison = compared.get(part);
    // titles are short, and stand as they were in the feed of corrections
    return comparison && (part === "title" ? comparison.passages : excerpt(comparison.passages));
  };
  const [title, teaser] = [passagesOf("title"), passagesOf("teaser")];
  const body = showsBody ? passagesOf("body") : undefined;
  const bodyWords = wordsOf(compared.get("body"));
  return {
    ...(title !== undefined && { title }),
    ...(teaser !== undefined && { teaser }),
    ...(body !== undefined && { body }),
    ...(bodyWords !== undefined && { bodyWords }),
  };
}

function wordsOf(comparison: Comparison | undefined): Revision["bodyWords"] {
  if (comparison === undefined) return undefined;
  const count = (side: "struck" | "inserted"): number =>
    comparison.changes.reduce((sum, change) => sum + change[side].filter(isWord).length, 0);
  return { struck: count("struck"), inserted: count("inserted") };
}
