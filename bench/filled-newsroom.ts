import { createHash } from "node:crypto";
import { keysUnder } from "../src/adapters/keys.ts";
import { openRedis } from "../src/adapters/redis-connection.ts";
import { feedId, itemId, publisherId, type SectionId, storyId } from "../src/model/ids.ts";
import type { Item } from "../src/model/item.ts";
import type { Decision, Placed } from "../src/model/news.ts";
import { DAY } from "../src/model/time.ts";
import { compileTopics, topicsFor } from "../src/road.ts";
import { loadSettings } from "../src/settings/settings.ts";
import { chanceFrom } from "../tests/support/chance.ts";
import { ROOT } from "../tests/support/test-settings.ts";
import { fingerprinter } from "../workers/topics/fingerprint.ts";
import { syntheticPress } from "./synthetic-press.ts";

export interface Filled extends Disposable {
  /** so many searches: words, beginnings, fields */
  queries(count: number): readonly string[];
  /** so many more items, as the desk tells of them */
  tellNews(count: number): Promise<void>;
}

const AT_ONCE = 500;
const WINDOW = 30 * DAY;

/** A Redis as the work and desk roles leave it: items as long and as furnished as real ones, in stories, sections, topics. */
export async function fillNewsroom(
  redisUrl: string,
  dataDir: string,
  count: number,
  configDir = `${ROOT}/config`,
): Promise<Filled> {
  const loaded = loadSettings(configDir, { REDIS_URL: redisUrl, RESSORT_DATA_DIR: dataDir });
  if (loaded.kind === "broken") throw new Error("config/ is broken");
  const { settings } = loaded;
  const topics = compileTopics(settings);
  const topicsOf = topicsFor(topics);
  const keys = keysUnder(settings.redisPrefix);
  const redis = openRedis({ path: redisUrl }, { name: "fill", patient: true, onError: console.error });
  const { items, wordOfRank } = syntheticPress(count);
  const sections = settings.sections.map(({ id }) => id);
  const random = chanceFrom(5);
  const start = Date.now() - WINDOW;

  async function write(all: readonly Placed[]): Promise<void> {
    const pipeline = redis.pipeline();
    for (const placed of all) {
      const { item, decision } = placed;
      const inTopics = topicsOf(placed).map(({ topic }) => topic.id);
      pipeline.set(keys.item(item.id), JSON.stringify(item)).zadd(keys.items, item.arrivedAt, item.id);
      pipeline.zadd(keys.story(decision.story), item.arrivedAt, item.id);
      for (const topic of inTopics) pipeline.zadd(keys.topic(topic), item.arrivedAt, item.id);
      pipeline.hset(keys.place(item.id), {
        ...{ topics: inTopics.join(","), story: decision.story, storyIri: decision.storyIri },
        ...{ section: decision.section ?? "", reasons: JSON.stringify(decision.reasons) },
      });
    }
    await pipeline.exec();
  }

  for (let from = 0; from < count; from += AT_ONCE)
    await write(
      items
        .slice(from, from + AT_ONCE)
        .map(({ item }, n) => furnished(item, start + ((from + n) * WINDOW) / count, random, sections)),
    );
  const fingerprint = fingerprinter(settings);
  for (const compiled of topics) await redis.hset(keys.rules, compiled.topic.id, fingerprint(compiled));

  let told = 0;
  return {
    queries: (wanted) => questions(wanted, wordOfRank, sections),
    async tellNews(wanted) {
      const fresh = items.slice(told, told + wanted).map(({ item }, n) => {
        const id = itemId(`news-${told + n}`);
        return furnished({ ...item, id, iri: `https://press.example/news/${told + n}` }, Date.now(), random, sections);
      });
      told += wanted;
      await write(fresh);
      const outcome = { decisions: fresh.map(({ decision }) => decision), moved: [], aliases: [], withdrawn: [] };
      await redis.xadd(keys.decided, "*", "outcome", JSON.stringify(outcome));
    },
    [Symbol.dispose]: () => redis.disconnect(),
  };
}

function furnished(bare: Item, arrivedAt: number, random: () => number, sections: readonly SectionId[]): Placed {
  const n = Number(bare.id.replace(/\D/g, ""));
  const paper = `paper-${n % 40}`;
  const permalink = `https://www.${paper}.example/politik/inland/${bare.title.toLowerCase().replaceAll(" ", "-").slice(0, 60)}-${n}.html`;
  const digest = createHash("sha256").update(bare.iri).digest("hex");
  const id = itemId(digest.slice(0, 26));
  // of three items two tell of the same
  const tells = n - (n % 3 === 2 ? 1 : 0);
  const section = sections[Math.floor(random() * sections.length)];
  const teaser = bare.teaser ?? "";
  const item: Item = {
    ...bare,
    ...{ id, guid: permalink, permalink, iri: permalink, digest, arrivedAt: Math.round(arrivedAt) },
    ...{ feed: feedId(`${paper}-all`), publisher: publisherId(paper), language: "de" },
    authors: [{ name: `Erika Muster ${n % 200}` }],
    categories: [
      { term: `Ressort ${n % 30}` },
      { term: `Schlagwort ${n % 900}`, scheme: "https://press.example/tags" },
    ],
    image: {
      url: `https://images.${paper}.example/thumbor/${digest}/1200x675/smart/${n}.jpg`,
      width: 1200,
      height: 675,
    },
    publishedAt: Math.round(arrivedAt) - 60_000,
    summary: `<p>${teaser}</p>`,
    content: `<p>${teaser}</p><p>${bare.title}. ${teaser}</p>`,
  };
  const decision: Decision = {
    ...{ item: id, story: storyId(`story-${tells}`), storyIri: `tag:press.example,2026:story-${tells}` },
    ...(section !== undefined && { section }),
    reasons: [
      {
        ...{ about: "story", rule: "centroid", words: "it tells what the story's other items tell" },
        evidence: { likeness: 0.412, needed: 0.35, texts: 3, shared: bare.title.split(" ").slice(0, 5) },
      },
      {
        ...{ about: "section", rule: "category", words: "its publisher filed it there" },
        evidence: { category: `Ressort ${n % 30}`, feed: `${paper}-all` },
      },
    ],
  };
  return { item, decision };
}

function questions(
  count: number,
  wordOfRank: (rank: number) => string,
  sections: readonly SectionId[],
): readonly string[] {
  const random = chanceFrom(11);
  const word = (): string => wordOfRank(Math.floor(30 * (20_000 / 30) ** random()));
  const kinds = [
    () => word(),
    () => `${word()} ${word()}`,
    () => `${word()} ${word().slice(0, 5)}*`,
    () => `${word()} section:${sections[Math.floor(random() * sections.length)]}`,
    () => `section:${sections[Math.floor(random() * sections.length)]} within:7d`,
    () => `${word().slice(0, 4)}*`,
    () => `"${word()} ${word()}"`,
  ];
  return Array.from({ length: count }, (_, n) => kinds[n % kinds.length]?.() ?? "");
}
