import { z } from "zod";
import { readerAddress } from "../../src/adapters/reader-address.ts";
import { type ActKind, LONGEST_RETITLE } from "../../src/model/editing.ts";
import { itemId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import type { Fault, Refusal } from "../../src/model/topic-edit.ts";
import type { ApiDesk } from "../../src/serve/serve.ts";
import { checkObject, jsonSchema } from "../../src/settings/settings.ts";
import { wordsOf } from "../topics/act-words.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import { broken, refused } from "../topics/topic-changes.ts";
import { openTopicEdits } from "../topics/topic-edits.ts";
import type { World } from "../world.ts";
import { openPreviews } from "./api-preview.ts";
import { impatient } from "./impatient.ts";
import type { Newsroom } from "./newsroom.ts";

/** One key: all who come through a proxy that nobody has named, or from this network. */
const LOOK_ALIKE = "private";

/** What the API has done, by way of what is done from the command line, too. */
export function openApiDesk(world: World, book: TopicBook, newsroom: Newsroom): ApiDesk {
  const { search } = newsroom;
  const { settings, now } = world;
  const addressOf = readerAddress(settings.http.trustProxies ?? []);
  const { tokens = {} } = settings.api ?? {};
  const { orRefused, ...asking } = impatient(world, book);
  const { list: topics, noteOn, ...edits } = openTopicEdits(asking.world, asking.book, "api");

  /** An item by its id; of a story the one that came last. */
  const placedBy = (item: string | undefined, story: string | undefined): Placed | undefined => {
    if (item !== undefined) return search.item(itemId(item));
    return story === undefined ? undefined : search.story(storyId(story))?.members[0];
  };

  return {
    ...edits,
    put: orRefused(edits.put),
    patch: orRefused(edits.patch),
    remove: orRefused(edits.remove),
    log: orRefused(edits.log),
    topics,
    tokens,
    clientOf: ({ raw: { socket, headers } }) =>
      addressOf(socket.remoteAddress, headers["x-forwarded-for"]?.toString()) ?? LOOK_ALIKE,

    rename: orRefused(async (id, body, terms) => {
      const read = checked(rename, body);
      return "kind" in read ? read : await edits.rename(id, read.value.to, terms);
    }),

    act: orRefused(async (id, kind, body, terms) => {
      const read = checked(acts[kind], body);
      if ("kind" in read) return read;
      const { item, story, ...given } = read.value as z.output<typeof target> & { until?: string; title?: string };
      const words = wordsOf(kind, given, now());
      if ("kind" in words) return words;
      if (item === undefined && story === undefined) return broken(NOBODY);
      const placed = placedBy(item, story);
      if (placed === undefined) return refused("unknown", "there is no such item or story: name it by its page's id.");
      const editing = await edits.act(id, kind, placed, words, terms);
      if ("kind" in editing) return editing;
      const note = noteOn(id, kind, placed, newsroom.membersOf(placed.decision.story));
      return note === undefined ? editing : { ...editing, note };
    }),

    takeBack: orRefused((id, kind, item, terms) =>
      edits.takeBack(id, kind, itemId(item), search.item(itemId(item)), terms),
    ),

    preview: openPreviews(world, newsroom, book),

    schemas: {
      topic: { ...topicSchema(), required: ["title", "description", "query"], examples: [EXAMPLES.topic] },
      newTopic: { ...topicSchema(), examples: [EXAMPLES.newTopic] },
      patch: { ...topicSchema(), required: [], examples: [EXAMPLES.patch] },
      rename: { ...schemaOf(rename), examples: [EXAMPLES.rename] },
      acts: {
        pins: { ...schemaOf(acts.pins), examples: [EXAMPLES.pins] },
        spikes: { ...schemaOf(acts.spikes), examples: [EXAMPLES.spikes] },
        retitles: { ...schemaOf(acts.retitles), examples: [EXAMPLES.retitles] },
        embargoes: { ...schemaOf(acts.embargoes), examples: [EXAMPLES.embargoes] },
      },
    },
  };
}

/** Those of docs/api.md: what "Try it out" of /api/docs begins with. */
const EXAMPLES = {
  topic: {
    title: "Wasser",
    description: "Flüsse, Seen und Fluten",
    query: "title:(hochwasser* OR pegel*)",
    hold: "10m",
  },
  newTopic: { id: "wasser", title: "Wasser", description: "Flüsse", query: "hochwasser*" },
  patch: { size: 80, hold: null },
  rename: { to: "gewaesser" },
  pins: { item: "i0123", until: "6h" },
  spikes: { story: "s0123" },
  retitles: { item: "i0123", title: "Ein Titel" },
  embargoes: { item: "i0123", until: "2d" },
} as const;

const NOBODY: Fault = { path: "item", message: "is missing", hint: "name an item, or a story" };

const target = z.strictObject({
  item: z.string().min(1).max(300).exactOptional().describe("by its id: the end of its page's address"),
  story: z
    .string()
    .min(1)
    .max(300)
    .exactOptional()
    .describe("instead of an item: the one that came last stands for it"),
});
const until = z.string().max(40).describe("a moment (ISO 8601), or a length of time from now: 6h, 2d");
const acts = {
  pins: target.extend({ until: until.exactOptional() }),
  spikes: target,
  retitles: target.extend({ title: z.string().max(LONGEST_RETITLE).describe("plain text") }),
  embargoes: target.extend({ until }),
} satisfies Record<ActKind, z.ZodType>;
const rename = z.strictObject({ to: z.string().max(64).describe("its id from now on") });

function checked<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): { readonly value: z.output<Schema> } | Refusal {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return broken(NO_OBJECT);
  const read = checkObject(schema, body);
  if (read.kind === "checked") return { value: read.value };
  const faults = read.problems.slice(0, MOST_FAULTS);
  return broken(...faults.map(({ path, message, hint }): Fault => ({ path, message, hint })));
}

const NO_OBJECT: Fault = { path: "", message: "this is no object", hint: "write one with keys: /api/docs shows them" };
const MOST_FAULTS = 20;

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: "input" });

/** As in config/schema/topics.schema.json, of one topic; alerts stand in topics.yaml only. */
function topicSchema(): object {
  const { properties } = jsonSchema("topics") as { properties?: { topics?: { items?: { properties?: object } } } };
  const { properties: { alerts: _, ...keys } = {}, ...topic } = (properties?.topics?.items ?? {}) as {
    readonly properties?: Readonly<Record<string, unknown>>;
  };
  return { ...topic, properties: keys };
}
