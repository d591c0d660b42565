import { z } from "zod";
import { readerAddress } from "../src/adapters/reader-address.ts";
import { type ActKind, LONGEST_RETITLE } from "../src/model/editing.ts";
import { itemId, storyId } from "../src/model/ids.ts";
import type { Placed } from "../src/model/news.ts";
import type { Fault, Refusal } from "../src/model/topic-edit.ts";
import type { ApiDesk } from "../src/serve/serve.ts";
import { jsonSchema } from "../src/settings/settings.ts";
import { wordsOf } from "./act-words.ts";
import { previewOf } from "./api-preview.ts";
import type { Newsroom } from "./newsroom.ts";
import type { TopicBook } from "./topic-book.ts";
import { broken, refused } from "./topic-changes.ts";
import { openTopicEdits } from "./topic-edits.ts";
import type { World } from "./world.ts";

/** Shorter ones can be guessed: said at the start. */
const SHORT_TOKEN = 16;
/** One key: all who come through a proxy that nobody has named, or from this network. */
const LOOK_ALIKE = "private";

/** What the API has done, by way of what is done from the command line, too. */
export function openApiDesk(world: World, book: TopicBook, newsroom: Newsroom): ApiDesk {
  const { search } = newsroom;
  const { settings, now } = world;
  const addressOf = readerAddress(settings.http.trustProxies ?? []);
  const { tokens = {} } = settings.api ?? {};
  const weak = Object.entries(tokens).flatMap(([name, token]) => (token.length < SHORT_TOKEN ? [name] : []));
  if (weak.length > 0) world.log.warn({ names: weak }, "api.short-tokens");
  const { list: topics, ...edits } = openTopicEdits(world, book, "api");

  /** An item by its id, or the item that speaks for a story now. */
  const placedBy = (item: string | undefined, story: string | undefined): Placed | undefined => {
    if (item !== undefined) return search.item(itemId(item));
    return story === undefined ? undefined : search.story(storyId(story))?.members[0];
  };

  return {
    ...edits,
    topics,
    tokens,
    clientOf: ({ raw: { socket, headers } }) =>
      addressOf(socket.remoteAddress, headers["x-forwarded-for"]?.toString()) ?? LOOK_ALIKE,

    async rename(id, body, terms) {
      const read = checked(rename, body);
      return "kind" in read ? read : await edits.rename(id, read.value.to, terms);
    },

    async act(id, kind, body, terms) {
      const read = checked(acts[kind], body);
      if ("kind" in read) return read;
      const { item, story, ...given } = read.value as z.output<typeof target> & { until?: string; title?: string };
      const words = wordsOf(kind, given, now());
      if ("kind" in words) return words;
      const placed = placedBy(item, story);
      if (placed === undefined) return refused("unknown", "there is no such item or story: name it by its page's id.");
      return await edits.act(id, kind, placed, words, terms);
    },

    takeBack: (id, kind, item, terms) => edits.takeBack(id, kind, itemId(item), search.item(itemId(item)), terms),

    preview: (body) => previewOf(world, newsroom, book.list(), body),

    schemas: {
      topic: topicSchema(),
      rename: schemaOf(rename),
      acts: {
        pins: schemaOf(acts.pins),
        spikes: schemaOf(acts.spikes),
        retitles: schemaOf(acts.retitles),
        embargoes: schemaOf(acts.embargoes),
      },
    },
  };
}

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
  const result = schema.safeParse(body);
  if (result.success) return { value: result.data };
  return broken(
    ...result.error.issues
      .slice(0, MOST_FAULTS)
      .map(({ path, message }): Fault => ({ path: path.join("."), message, hint: "/api/docs shows what it takes" })),
  );
}

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
