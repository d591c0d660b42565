import { pasteable } from "../../src/model/command-line.ts";
import type { TopicId } from "../../src/model/ids.ts";
import { nearest } from "../../src/model/nearest.ts";
import { FORMATS } from "../../src/model/published.ts";
import { asksOfStory } from "../../src/query/query.ts";
import { republish } from "../../src/road.ts";
import { type Command, OperatorError, UsageError, unknownWord } from "../command.ts";
import { noteIdle } from "../idle.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { candidatesOf } from "../topics/candidates.ts";
import { actsOf, EDITS, editTopics } from "../topics/edit-topics.ts";
import { previewTopics } from "../topics/preview.ts";
import { showTopic } from "../topics/show-topic.ts";
import { openTopicBook } from "../topics/topic-book.ts";
import { openTopicEdits } from "../topics/topic-edits.ts";
import { editingOf, fixedIds, type TopicList } from "../topics/topic-list.ts";
import { openWorld, type World } from "../world.ts";

const OPTIONS = {
  format: { type: "string", default: "rss" },
  topic: { type: "string" },
  items: { type: "string" },
  days: { type: "string", default: "30" },
  json: { type: "boolean" },
  by: { type: "string" },
  until: { type: "string" },
  title: { type: "string" },
} as const;

export const command: Command = {
  summary: "the curated topics: list them, show what one holds and why",
  usage: `
ressort topics list           every topic: how many items matched, how many entries its feed has now, its address ("-"
                              for the items where the query asks of stories, as is:lead and story.publishers>=3 do:
                              who of them is in is decided story by story)
ressort topics show TOPIC     its stories by arrival, newest first, with the lead and why it leads; those that wait
ressort topics print TOPIC [--format rss|atom|json]   the document as it would be published now
ressort topics preview FILE   what the topics of FILE, a topics.yaml or one topic, would have done to the last 30 days:
                              stories added, removed, just missed, and by which clause; nothing is changed by it
                              [--topic TOPIC] only this one  [--days N]  [--json]
                              [--items ITEMS.jsonl] items of a file, as "ressort replay" takes them, not of Redis

ressort topics add FILE              topics of FILE, beside those of config/topics.yaml; no restart is needed
ressort topics set TOPIC KEY=VALUE …  for example size=80, hold=10m, query='title:gold*'; KEY= takes it out
ressort topics rename TOPIC NEW      readers of the old addresses are led to the new ones
ressort topics remove TOPIC          its addresses answer 410 for a year
ressort topics pin TOPIC ITEM [--until 6h]         first in the topic
ressort topics spike TOPIC ITEM                    out of the topic
ressort topics retitle TOPIC ITEM --title TEXT     told under a title of ours
ressort topics embargo TOPIC ITEM --until 2026-12-24T18:00:00Z
ressort topics unpin, unspike, unretitle, unembargo TOPIC ITEM
ressort topics log [TOPIC]           who did what when

Topics that stand in config/topics.yaml are edited there; acts (pin, spike …) are done to all topics. ITEM is an item's id
or address, or a story's. docs/query-language.md explains queries, docs/api.md the same over HTTP.

  --until WHEN   a moment (ISO 8601), or from now: 6h, 2d
  --by NAME      who edits (default: the user's name)
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, OPTIONS, true);
    const [what = "", id = ""] = positionals;
    if (what === "preview") {
      if (id === "") throw new UsageError("say preview FILE");
      return await previewTopics({ ...values, file: id });
    }
    const words = ["list", "show", "print", "preview", ...EDITS];
    if (!words.includes(what))
      throw unknownWord(what, words, `say list, show TOPIC, print TOPIC, preview FILE, ${EDITS.join(", ")}`);
    const settings = settingsOrExit(values.config);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await noteIdle(world);
    await using book = await openTopicBook(world);
    if (EDITS.includes(what))
      for (const line of await editTopics(world, openTopicEdits(world, book, "cli"), positionals, values))
        console.log(line);
    else if (what === "list") await listTopics(world, book.list());
    else if (what === "show") await show(world, book.list(), id);
    else await print(world, book.list(), id, values.format);
    return 0;
  },
};

async function listTopics({ redis, keys, settings }: World, list: TopicList): Promise<void> {
  const fixed = fixedIds(settings);
  console.log("  items  in feed");
  for (const { topic, query } of list.compiled) {
    const place = topic.section === undefined ? "topics" : "sections";
    const told = await redis.hget(keys.document(`${place}/${topic.id}.rss`), "itemCount");
    // which of them a story's tellers let in is decided when the topic is rendered, story by story
    const matched = asksOfStory(query) ? "-" : await redis.zcard(keys.topic(topic.id));
    const made = fixed.has(topic.id) ? "" : "  (not in topics.yaml)";
    const line = `${settings.publicUrl}/${place}/${topic.id}.rss  ${topic.title}${made}`;
    console.log(`${String(matched).padStart(7)}  ${(told ?? "-").padStart(7)}  ${line}`);
  }
  for (const [id, [problem]] of list.broken)
    console.log(`      -        -  ${id} stays as it was last published: ${problem?.message}; ${problem?.hint}`);
}

async function show(world: World, list: TopicList, id: string): Promise<void> {
  const { compiled, matched, members, readers } = await curated(world, list, id);
  for (const line of showTopic(compiled, matched, members, world.settings, readers)) console.log(line);
  for (const line of actsOf(readers.editing, readers.now)) console.log(line);
}

async function print(world: World, list: TopicList, id: string, wanted: string): Promise<void> {
  const format = FORMATS.find((one) => one === wanted);
  if (format === undefined) throw new OperatorError(`--format is one of ${FORMATS.join(", ")}.`);
  const { compiled, matched, members, readers } = await curated(world, list, id);
  const publishing = republish(compiled, matched, members, world.settings, readers).publishings[
    FORMATS.indexOf(format)
  ];
  if (publishing?.kind !== "published") throw new OperatorError(`refused: ${publishing?.why.join("; ")}`);
  console.log(publishing.document.text);
}

/** All that a topic is rendered from, as its subscribers know it. */
async function curated(world: World, list: TopicList, id: string) {
  const known = list.byId.get(id as TopicId);
  if (known === undefined) {
    const meant = nearest(id, list.byId.keys());
    const words = meant === undefined ? "" : ` Did you mean ${meant}?`;
    throw new OperatorError(`there is no topic "${id}"; "${pasteable("topics list")}" names them.${words}`);
  }
  const { editedAt } = await world.memberships.madeWith(known.topic.id);
  const compiled = { ...known, topic: { ...known.topic, ...(editedAt !== undefined && { editedAt }) } };
  const announced = await world.documents.announced(known.topic.id);
  const readers = { announced, now: world.now(), editing: editingOf(list, known.topic.id) };
  return { compiled, readers, ...(await candidatesOf(world, compiled, readers)) };
}
