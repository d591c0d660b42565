import { open } from "node:fs/promises";
import process from "node:process";
import type { Readable } from "node:stream";
import { z } from "zod";
import { type Desk, openDesk } from "../../src/desk/desk.ts";
import { type FeedId, type ItemId, itemId, type PublisherId, type StoryId } from "../../src/model/ids.ts";
import type { Decision, DeskOutcome, NewsItem } from "../../src/model/news.ts";
import { readSections } from "../../src/settings/settings.ts";
import { type Command, OperatorError } from "../command.ts";
import { parsed } from "../options.ts";
import { CONFIG_DIR } from "../settings.ts";

export const command: Command = {
  summary: "runs the desk over a file of items: copies, stories, sections; no Redis needed",
  usage: `
ressort replay --jobs     items on standard input, one JSON object a line, in order of arrival:
                          {id, publisher, language?, title, teaser?, url?, categories?, arrivedAt}
                          after the last one, a line an item, all merges done:
                          {id, copyOf?, story, section?, sectionBecause?}
ressort replay FILE       the same items from a file, and a summary for people

Lines that hold no item are named on standard error and left out; the exit code is then 1.

  --config DIR            where sections.yaml lies (default: config)`,
  async run(args) {
    const { values, positionals } = parsed(args, { jobs: { type: "boolean" } }, true);
    const [file] = positionals;
    if (values.jobs !== true && file === undefined) throw new OperatorError("say --jobs or FILE; --help tells more.");
    const desk = openDesk({
      sections: readSections(values.config ?? process.env["RESSORT_CONFIG_DIR"] ?? CONFIG_DIR),
      publishers: [],
    });
    const started = performance.now();
    const replayed = await replay(desk, file === undefined ? process.stdin : await opened(file));
    if (values.jobs === true) process.stdout.write(answersOf(replayed));
    else console.log(summaryOf(replayed, desk, (performance.now() - started) / 1000));
    return replayed.badLines === 0 ? 0 : 1;
  },
};

async function opened(file: string): Promise<Readable> {
  try {
    return (await open(file)).createReadStream();
  } catch (error) {
    throw new OperatorError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Replayed {
  /** as they came; a line may come twice */
  readonly ids: readonly ItemId[];
  readonly titles: ReadonlyMap<ItemId, string>;
  readonly decisions: ReadonlyMap<ItemId, Decision>;
  readonly aliases: ReadonlyMap<StoryId, StoryId>;
  readonly badLines: number;
}

async function replay(desk: Desk, input: Readable): Promise<Replayed> {
  const ids: ItemId[] = [];
  const titles = new Map<ItemId, string>();
  const decisions = new Map<ItemId, Decision>();
  const aliases = new Map<StoryId, StoryId>();
  let number = 0;
  let badLines = 0;
  for await (const lines of linesOf(input)) {
    for (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      const item = itemOf(line);
      if (typeof item === "string") {
        console.error(`line ${number}: ${item}`);
        badLines += 1;
        continue;
      }
      ids.push(item.id);
      titles.set(item.id, item.title);
      note(desk.take({ kind: "new", item }), decisions, aliases);
    }
  }
  return { ids, titles, decisions, aliases, badLines };
}

/** As many at once as came at once: node:readline wants a turn of the event loop for each. */
async function* linesOf(input: Readable): AsyncGenerator<readonly string[]> {
  let rest = "";
  for await (const chunk of input.setEncoding("utf8")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest];
}

function note(outcome: DeskOutcome, decisions: Map<ItemId, Decision>, aliases: Map<StoryId, StoryId>): void {
  for (const decision of outcome.decisions) decisions.set(decision.item, decision);
  for (const { from, into } of outcome.aliases) aliases.set(from, into);
}

const Line = z.object({
  id: z.string().min(1),
  publisher: z.string(),
  language: z.string().optional(),
  title: z.string(),
  teaser: z.string().optional(),
  url: z.string().optional(),
  categories: z
    .array(
      z.union([
        z.string(),
        z.object({ term: z.string(), scheme: z.string().optional(), label: z.string().optional() }),
      ]),
    )
    .optional(),
  arrivedAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is no time"),
});

/** @returns words for people where the line holds no item */
function itemOf(line: string): NewsItem | string {
  const found = Line.safeParse(jsonOf(line));
  if (!found.success)
    return found.error.issues.map(({ path, message }) => `${path.join(".") || "the line"}: ${message}`).join("; ");
  const { id, publisher, language, title, teaser, url, categories, arrivedAt } = found.data;
  return {
    ...{
      id: itemId(id),
      iri: id,
      feed: "replay" as FeedId,
      title,
      arrivedAt: Date.parse(arrivedAt),
      revision: 0,
      digest: "",
    },
    // a replay file names publishers as it likes ("Los Angeles Times"), the settings only by slug
    publisher: publisher as PublisherId,
    ...(language === undefined ? {} : { language }),
    ...(teaser === undefined ? {} : { teaser }),
    ...(url === undefined ? {} : { permalink: url }),
    ...(categories === undefined ? {} : { categories: categories.map(categoryOf) }),
  };
}

type LineCategory = NonNullable<z.infer<typeof Line>["categories"]>[number];

function categoryOf(category: LineCategory): NonNullable<NewsItem["categories"]>[number] {
  if (typeof category === "string") return { term: category };
  const { term, scheme, label } = category;
  return { term, ...(scheme === undefined ? {} : { scheme }), ...(label === undefined ? {} : { label }) };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function answersOf(replayed: Replayed): string {
  return replayed.ids.map((id) => `${JSON.stringify(answerOf(replayed, id))}\n`).join("");
}

function answerOf({ decisions, aliases }: Replayed, id: ItemId): object {
  const decision = decisions.get(id);
  if (decision === undefined) throw new Error(`the desk decided nothing on ${id}`);
  const { copyOf, section, reasons } = decision;
  const because = reasons.find(({ about }) => about === "section")?.rule;
  return {
    id,
    ...(copyOf === undefined ? {} : { copyOf }),
    story: lastOf(aliases, decision.story),
    ...(section === undefined ? {} : { section, sectionBecause: because }),
  };
}

function lastOf(aliases: ReadonlyMap<StoryId, StoryId>, story: StoryId): StoryId {
  let last = story;
  for (let next = aliases.get(last); next !== undefined; next = aliases.get(last)) last = next;
  return last;
}

const TOP = 12;

function summaryOf(replayed: Replayed, desk: Desk, seconds: number): string {
  const ids = [...new Set(replayed.ids)];
  const decided = ids.flatMap((id) => replayed.decisions.get(id) ?? []);
  const stories = countsOf(decided.map((decision) => lastOf(replayed.aliases, decision.story)));
  const sections = countsOf(decided.map(({ section }) => section ?? "(none)"));
  const first = new Map(
    decided.toReversed().map((decision) => [lastOf(replayed.aliases, decision.story), decision.item]),
  );
  const { items, texts, terms } = desk.size;
  return [
    `${ids.length} items, ${decided.filter(({ copyOf }) => copyOf !== undefined).length} of them copies, in ${stories.length} stories`,
    `${Math.round(ids.length / seconds)} items/s; on the desk at the end: ${items} items, ${texts} texts, ${terms} terms`,
    "\nlargest stories",
    ...stories
      .slice(0, TOP)
      .map(([story, count]) => row(count, replayed.titles.get(first.get(story) ?? itemId("?")) ?? "")),
    "\nsections",
    ...sections.map(([section, count]) => row(count, section)),
  ].join("\n");
}

const row = (count: number, words: string): string => `${String(count).padStart(7)}  ${words.slice(0, 100)}`;

function countsOf<Key>(keys: readonly Key[]): readonly (readonly [Key, number])[] {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
