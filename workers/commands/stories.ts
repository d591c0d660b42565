import { userInfo } from "node:os";
import { type Correction, itemsOf, type StoryRef } from "../../src/model/correction.ts";
import { type SectionId, sectionId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { isoOf, SECOND } from "../../src/model/time.ts";
import { itemCalled, storyCalled } from "../archive.ts";
import { type Command, OperatorError, UsageError, unknownWord } from "../command.ts";
import { loneCopy, reportOf, wholeStory } from "../desk/correction-report.ts";
import { noteIdle } from "../idle.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { openWorld, type World } from "../world.ts";

export const command: Command = {
  summary: "a story's items; split, merge, move, lead and file where the desk was wrong",
  usage: `
ressort stories show STORY               who tells it, oldest first
ressort stories split ITEM …             these items of one story become a story of their own
ressort stories merge STORY INTO         the first becomes part of the second, whose address stays
ressort stories move ITEM … --into STORY
ressort stories lead ITEM                it speaks for its story, in every topic
ressort stories file ITEM … --section SECTION

Copies go along with their original. Each correction says what came of it. A correction is news for the desk: it survives restarts and replays, "ressort why"
names who made it, and an old address of a story leads on for ever.

  --into STORY       where to
  --section SECTION  one of config/sections.yaml
  --by NAME          who corrects (default: the user's name)
${OPTIONS_HELP}`,
  async run(args) {
    const own = { into: { type: "string" }, section: { type: "string" }, by: { type: "string" } } as const;
    const { values, positionals } = parsed(args, own, true);
    const [what = "", ...names] = positionals;
    const settings = settingsOrExit(values.config);
    const words = ["show", ...KINDS];
    if (!words.includes(what)) throw unknownWord(what, words, `say ${words.join(", ")}`);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await noteIdle(world);

    if (what === "show") {
      for (const name of wanted(names, 1, "show STORY")) show((await storyCalled(world, name)).members);
      return 0;
    }
    const correction = await correctionOf(world, what, names, values);
    const by = (values.by ?? userInfo().username).slice(0, LONGEST_NAME);
    const isDone = await tell(world, { kind: "corrected", correction, by, at: world.now() });
    console.log(isDone ? await report(world, correction) : "noted; no desk is running now: it is done when one starts");
    return 0;
  },
};

const KINDS = ["split", "merge", "move", "lead", "file"] as const;
const LONGEST_NAME = 80;
/** A desk reads what comes within a second. */
const PATIENCE = 5 * SECOND;
const ROUND = 100;

async function correctionOf(
  world: World,
  what: string,
  names: readonly string[],
  { into, section }: { readonly into?: string | undefined; readonly section?: string | undefined },
): Promise<Correction> {
  const items = (usage: string) => itemsCalled(world, wanted(names, 1, usage));
  switch (what) {
    case "split":
      return split(world, await items("split ITEM …"));
    case "merge": {
      const [from = "", target = ""] = wanted(names, 2, "merge STORY INTO");
      const [one, other] = [await storyCalled(world, from), await storyCalled(world, target)];
      if (one.ref.id === other.ref.id) throw new OperatorError(`both are story ${one.ref.id} already.`);
      return { kind: "merge", from: one.ref, into: other.ref };
    }
    case "move": {
      if (into === undefined) throw new UsageError("say where to: move ITEM … --into STORY");
      return move(world, await items("move ITEM … --into STORY"), (await storyCalled(world, into)).ref);
    }
    case "lead": {
      const [placed] = await items("lead ITEM");
      if (placed === undefined || names.length > 1) throw new UsageError("one item leads: lead ITEM");
      return { kind: "lead", item: placed.item.id };
    }
    default:
      return {
        kind: "file",
        items: (await items("file ITEM … --section SECTION")).map(({ item }) => item.id),
        section: sectionCalled(world, section),
      };
  }
}

async function split(world: World, items: readonly Placed[]): Promise<Correction> {
  const [story, ...others] = await storiesOf(world, items);
  if (story === undefined || others.length > 0)
    throw new OperatorError("the items are of different stories; split them story by story.");
  const why = wholeStory(items, story);
  if (why !== undefined) throw new OperatorError(why);
  return { kind: "split", from: story.ref, items: items.map(({ item }) => ({ id: item.id, iri: item.iri })) };
}

async function move(world: World, items: readonly Placed[], into: StoryRef): Promise<Correction> {
  const from = (await storiesOf(world, items)).map(({ ref }) => ref).filter(({ id }) => id !== into.id);
  if (from.length === 0) throw new OperatorError(`all that is named is told in ${into.id} already.`);
  return { kind: "move", items: items.map(({ item }) => item.id), from, into };
}

/** The stories of these items, none of which is a copy that would take its original along unsaid. */
async function storiesOf(world: World, items: readonly Placed[]): Promise<readonly Called[]> {
  const ids = new Set(items.map(({ decision }) => decision.story));
  const stories = await Promise.all([...ids].map((id) => storyCalled(world, id)));
  const titles = new Map(world.settings.publishers.map(({ id, title }) => [id, title]));
  const all = stories.flatMap(({ members }) => members);
  const why = loneCopy(items, all, ({ item }) => titles.get(item.publisher) ?? item.publisher);
  if (why !== undefined) throw new OperatorError(why);
  return stories;
}

type Called = Awaited<ReturnType<typeof storyCalled>>;

async function itemsCalled(world: World, names: readonly string[]): Promise<readonly Placed[]> {
  const called = await Promise.all(names.map((name) => itemCalled(world, name)));
  return [...new Map(called.map((placed) => [placed.item.id, placed])).values()];
}

async function report(world: World, correction: Correction): Promise<string> {
  if (correction.kind === "merge") return reportOf(correction, (await storyCalled(world, correction.from.id)).members);
  const named = await world.items.placed(itemsOf(correction));
  const [first] = named;
  if (correction.kind === "file" || first === undefined) return reportOf(correction, named);
  return reportOf(correction, (await storyCalled(world, first.decision.story)).members);
}

function sectionCalled({ settings }: World, name: string | undefined): SectionId {
  const ids = settings.sections.map(({ id }) => id);
  if (name === undefined || !ids.includes(name as SectionId))
    throw new OperatorError(`--section is one of ${ids.join(", ")}.`);
  return sectionId(name);
}

function wanted(names: readonly string[], count: number, usage: string): readonly string[] {
  if (names.length < count) throw new UsageError(`say ${usage}`);
  return names;
}

/** @returns whether a desk has taken it up */
async function tell(world: World, entry: Parameters<World["desk"]["correct"]>[0]): Promise<boolean> {
  const position = await world.desk.correct(entry);
  const until = world.now() + PATIENCE;
  while (world.now() < until) {
    if (await world.desk.hasRead(position)) return true;
    await new Promise((resolve) => setTimeout(resolve, ROUND));
  }
  return false;
}

function show(members: readonly Placed[]): void {
  for (const { item, decision } of members) {
    const mark = decision.copyOf === undefined ? (decision.leads ? "leads" : "") : "copy";
    console.log(`${isoOf(item.arrivedAt)}  ${item.id}  ${mark.padEnd(5)}  ${item.publisher}: ${item.title}`);
  }
}
