import type { Placed, Reason } from "../../src/model/news.ts";
import { isoOf } from "../../src/model/time.ts";
import { topicsFor } from "../../src/road.ts";
import { itemCalled, storyCalled } from "../archive.ts";
import { type Command, UsageError } from "../command.ts";
import { noteIdle } from "../idle.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { takenBy } from "../topics/taken-by.ts";
import { topicList } from "../topics/topic-list.ts";
import { openWorld, type World } from "../world.ts";

export const command: Command = {
  summary: "why an item is a copy, in its story, under its section and in its topics",
  usage: `
ressort why ITEM [--json]     every decision on it, by which rule and on what evidence

ITEM is an item's id, the address of its page here or at its publisher, or its guid.

  --json         one JSON object: item, decision (related: earlier stories), story, topics
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { json: { type: "boolean" } }, true);
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) throw new UsageError("say which item: why ITEM");
    const settings = settingsOrExit(values.config);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await noteIdle(world);

    const placed = await itemCalled(world, name);
    const { members } = await storyCalled(world, placed.decision.story);
    const mayBeIn = topicsFor(topicList(settings, await world.topics.read()).compiled)(placed);
    const topics = mayBeIn.flatMap((compiled) => {
      const clauses = takenBy(compiled, placed, members, settings.publishers);
      return clauses === undefined ? [] : [{ id: compiled.topic.id, clauses }];
    });
    if (values.json === true) {
      const story = members.map(({ item }) => item.id);
      console.log(JSON.stringify({ ...placed, story, topics: topics.map(({ id }) => id) }, null, 2));
    } else {
      const named = topics.map(({ id, clauses }) => `${id} (${clauses.join(", ")})`);
      const was = [...(await world.desk.aliases())].filter(([, into]) => into === placed.decision.story);
      const lines = [
        ...about(placed),
        ...others(placed, members),
        ...(was.length === 0 ? [] : [`  it absorbed: ${was.map(([id]) => id).join(", ")}`]),
        ...(await earlier(world, placed)),
        ...topicLines(named),
      ];
      console.log(lines.join("\n"));
    }
    return 0;
  },
};

function about({ item, decision }: Placed): readonly string[] {
  return [
    item.title,
    `  ${item.publisher}, arrived ${isoOf(item.arrivedAt)}, ${item.permalink ?? item.iri}`,
    `  item ${item.id}, story ${decision.story}, section ${decision.section ?? "none"}`,
    "",
    ...decision.reasons.flatMap(reasonLines),
  ];
}

function reasonLines({ about: what, rule, words, evidence = {} }: Reason): readonly string[] {
  const figures = Object.entries(evidence).map(
    ([name, value]) => `           ${name}: ${typeof value === "object" ? value.join(", ") : value}`,
  );
  return [`  ${what.padEnd(8)} ${words} [${rule}]`, ...figures];
}

/** Enough to see whether they belong together. */
const SHOWN = 12;

function others({ item, decision }: Placed, members: readonly Placed[]): readonly string[] {
  const rest = members.filter((member) => member.item.id !== item.id);
  if (rest.length === 0) return ["", "Nobody else tells this story."];
  const lines = rest.slice(0, SHOWN).map((member) => {
    const isCopy = member.decision.copyOf === item.id || decision.copyOf === member.item.id;
    return `  ${member.item.id}  ${member.item.publisher}: ${member.item.title}${isCopy ? " (same text)" : ""}`;
  });
  const left = rest.length > SHOWN ? [`  and ${rest.length - SHOWN} more`] : [];
  return ["", `Its story is told by ${rest.length} more:`, ...lines, ...left];
}

/** "Mehr zum Thema", as readers see it: by living names, without what nobody tells any more. */
async function earlier(world: World, { decision }: Placed): Promise<readonly string[]> {
  const { related = [], story: own } = decision;
  const living = await world.desk.living(related.map(({ story }) => story));
  const told = await world.items.ofStories([...new Set(living.values())], 1);
  const lines = related.flatMap(({ story, shared }) => {
    const id = living.get(story) ?? story;
    const [newest] = told.get(id) ?? [];
    if (newest === undefined || id === own) return [];
    const why = shared === undefined ? "it is continued here" : `in common: ${shared.join(", ")}`;
    return [`  ${id}  ${newest.item.publisher}: ${newest.item.title}`, `           ${why}`];
  });
  return lines.length === 0 ? [] : ["", "Earlier stories:", ...lines];
}

const topicLines = (topics: readonly string[]): readonly string[] =>
  topics.length === 0
    ? ["", "No topic's query matches it."]
    : ["", "It is in:", ...topics.map((topic) => `  ${topic}`)];
