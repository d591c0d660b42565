import path from "node:path";
import process from "node:process";
import { Redis } from "ioredis";
import { makeRedisHome } from "../../src/adapters/data-folder.ts";
import { deskStore } from "../../src/adapters/desk-store.ts";
import { startEmbeddedRedis } from "../../src/adapters/embedded-redis.ts";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { itemStore } from "../../src/adapters/item-store.ts";
import { keysUnder } from "../../src/adapters/keys.ts";
import { findRedisProgram } from "../../src/adapters/redis-program.ts";
import { refusalOf } from "../../src/adapters/redis-trouble.ts";
import { topicStore } from "../../src/adapters/topic-store.ts";
import { pasteable } from "../../src/model/command-line.ts";
import type { Settings } from "../../src/model/settings.ts";
import { DAY } from "../../src/model/time.ts";
import { firstRequest } from "../../src/poll/poll.ts";
import { checkQuery } from "../../src/road.ts";
import { loadSettings, type Problem, printable, showProblems } from "../../src/settings/settings.ts";
import { alertTroubles } from "../alerts/troubles.ts";
import type { Command } from "../command.ts";
import { unknownNames } from "../desk/unknown-names.ts";
import { examineExport } from "../doctor/examine-export.ts";
import { examinePorts } from "../doctor/examine-ports.ts";
import { type Finding, hint, ill, well } from "../doctor/finding.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { CONFIG_DIR } from "../settings.ts";
import { topicList } from "../topics/topic-list.ts";

/** Type stripping without a flag and `await using`. */
const OLDEST_NODE = 24;
/** Streams' trimming as we use it came with Redis 7; every Valkey is newer. */
const OLDEST_REDIS = 7;
const PATIENCE_MS = 5000;
const NAMES_SEEN_WITHIN = 3 * DAY;

export const command: Command = {
  summary: "is everything there? settings, Node, Redis, ports, network: what is wrong and the way out",
  usage: `
ressort doctor [--offline] [--config DIR]

Exit code 0 where all is well, 1 where something has to be mended.

  --offline      ask nobody outside; without it one feed of feeds.yaml is fetched once
${OPTIONS_HELP}`,
  async run(args) {
    const { values } = parsed(args, { offline: { type: "boolean" } });
    const configDir = values.config ?? process.env["RESSORT_CONFIG_DIR"] ?? CONFIG_DIR;
    let isWell = true;
    for await (const finding of examine(configDir, values.offline === true)) {
      console.log(show(finding));
      isWell &&= finding.isWell;
    }
    console.log(isWell ? "\nAll is well." : "\nSomething has to be mended: see the lines with ✗.");
    return isWell ? 0 : 1;
  },
};

function show({ isWell, what, wayOut }: Finding): string {
  const sign = !isWell ? "✗" : wayOut === undefined ? "✓" : "!";
  return [what, ...(wayOut?.split("\n") ?? [])].map((line, i) => `${i === 0 ? sign : "  →"} ${line}`).join("\n");
}

async function* examine(configDir: string, isOffline: boolean): AsyncGenerator<Finding> {
  yield examineNode();
  const loaded = loadSettings(configDir, process.env, checkQuery);
  if (loaded.kind === "broken") {
    yield ill(`settings in ${configDir}: ${loaded.problems.length} to mend`, showProblems(loaded.problems));
    for (const slip of loaded.slips) yield hint("settings", slip);
    yield hint("Redis, ports and network were not looked at", "mend the settings, then ask again");
    return;
  }
  const { settings, warnings, secretProblems } = loaded;
  const { feeds, publishers, sections, topics } = settings;
  yield well(
    `settings: ${feeds.length} feeds of ${publishers.length} publishers, ${sections.length} sections, ${topics.length} topics`,
  );
  for (const warning of warnings) yield hint("settings", warning);
  const isAtWork = yield* examineRedis(settings);
  if (secretProblems.length > 0) yield examineSecrets(secretProblems, isAtWork);
  yield* examinePorts(settings.http, isAtWork);
  if (settings.exportDir !== undefined) yield await examineExport(settings.exportDir);
  if (!isOffline) yield await examineNetwork(settings);
}

/** Whoever sends alerts has them in an environment of its own, or would not be at work. */
function examineSecrets(problems: readonly Problem[], isAtWork: boolean): Finding {
  const wayOut = `${showProblems(problems)}\nonly "start", "work" and "alerts test" need them`;
  return (isAtWork ? hint : ill)("secrets of alerts are missing here, or wrong", wayOut);
}

function examineNode(): Finding {
  const { version } = process;
  if (Number.parseInt(version.slice(1), 10) >= OLDEST_NODE) return well(`Node ${version}`);
  return ill(`Node ${version} is too old`, `start through npm: "npm ci" brings Node ${OLDEST_NODE} along`);
}

/** @returns whether a desk with these settings is at work */
async function* examineRedis(settings: Settings): AsyncGenerator<Finding, boolean> {
  try {
    await using stack = new AsyncDisposableStack();
    if (settings.redisUrl === undefined) {
      const folder = await examineFolder(settings.dataDir);
      yield folder;
      yield well(`a redis-server of our own: ${await findRedisProgram()}`);
      if (!folder.isWell) return false;
    }
    const address =
      settings.redisUrl ?? stack.use(await startEmbeddedRedis({ dataDir: settings.dataDir })).connection.path;
    const redis = new Redis(address, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null });
    stack.defer(() => redis.disconnect());
    await connect(redis);
    yield* examineServer(redis);
    yield* examineSections(redis, settings);
    for (const { what, wayOut } of await alertTroubles(redis, settings)) yield ill(what, wayOut);
    yield* examineTopics(redis, settings);
    return await deskStore(redis, redis, keysUnder(settings.redisPrefix)).isTaken();
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) {
      yield ill(refusal.what, refusal.wayOut);
      return false;
    }
    const [what = "", ...wayOut] = messageOf(error).split("\n");
    const where = settings.redisUrl === undefined ? "" : ` at ${printable(settings).redisUrl}`;
    yield ill(`Redis${where}: ${what}`, wayOut.length > 0 ? wayOut.join("\n") : wayToRedis(what, settings));
    return false;
  }
}

function wayToRedis(what: string, { redisUrl }: Settings): string {
  if (redisUrl === undefined) return "mend that, or set REDIS_URL to a server that you have";
  if (/^(NOAUTH|WRONGPASS)/.test(what)) return "put user and password into REDIS_URL: redis://user:password@host:6379";
  return "start it, or unset REDIS_URL to let Ressort run its own";
}

/** connect() itself only says that the connection is closed; the event before says why. */
async function connect(redis: Redis): Promise<void> {
  let why: unknown;
  redis.on("error", (error) => {
    why = error;
  });
  await redis
    .connect()
    .then(() => redis.ping())
    .catch((error: unknown) => {
      throw why ?? error;
    });
}

async function examineFolder(dataDir: string): Promise<Finding> {
  try {
    await makeRedisHome(dataDir);
    return well(`data folder ${path.resolve(dataDir)} can be written`);
  } catch (error) {
    const [what = "", ...wayOut] = messageOf(error).split("\n");
    return ill(what, wayOut.join("\n"));
  }
}

async function* examineServer(redis: Redis): AsyncGenerator<Finding> {
  const info = await redis.info("server");
  const version = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1] ?? "unknown";
  yield Number.parseInt(version, 10) >= OLDEST_REDIS
    ? well(`Redis ${version} answers`)
    : ill(`Redis ${version} is too old`, `take Redis ${OLDEST_REDIS} or newer, or Valkey`);
  yield await examineOption(redis, "maxmemory-policy", "noeviction", "it would drop items when memory is short", true);
  yield await examineOption(redis, "appendonly", "yes", "a crash may lose the last minutes", false);
  // a write that changes nothing: a Redis that takes none is found here, and said by whoever asked
  await redis.setrange("ressort:doctor", 0, "");
}

/** A publisher's desk of a new name is no fault, but its items are filed by guess. */
async function* examineSections(redis: Redis, { redisPrefix, sections }: Settings): AsyncGenerator<Finding> {
  const items = itemStore(redis, keysUnder(redisPrefix));
  const names = await unknownNames(items, sections, { since: Date.now() - NAMES_SEEN_WITHIN });
  if (names.length > 0)
    yield hint(
      `publishers' names that sections.yaml does not know: ${names.length}`,
      `"${pasteable("sections suggest")}" proposes lines for it`,
    );
}

/** Of those that were made while Ressort runs: what they name in config/ may have gone from there. */
async function* examineTopics(redis: Redis, settings: Settings): AsyncGenerator<Finding> {
  const { broken } = topicList(settings, await topicStore(redis, keysUnder(settings.redisPrefix)).read());
  for (const [id, [problem]] of broken)
    yield ill(
      `topic ${id} stays as it was last published: ${problem?.path}: ${problem?.message}; ${problem?.hint}`,
      `mend it with "${pasteable("topics set", id, "KEY=VALUE")}", or what it names in config/`,
    );
}

async function examineOption(
  redis: Redis,
  name: string,
  wanted: string,
  danger: string,
  isNeeded: boolean,
): Promise<Finding> {
  const answer: unknown = await redis.config("GET", name).catch(() => undefined);
  const value = Array.isArray(answer) ? answer[1] : undefined;
  if (value === wanted) return well(`Redis: ${name} ${wanted}`);
  if (value === undefined) return hint(`Redis does not tell its ${name}`, `make sure that it is ${wanted}: ${danger}`);
  const wayOut = `set "${name} ${wanted}" in its configuration`;
  return isNeeded
    ? ill(`Redis: ${name} is ${value}: ${danger}`, wayOut)
    : hint(`Redis: ${name} is ${value}: ${danger}`, wayOut);
}

/** One polite request to the first feed. Any answer will do: whether the feed is well, its page says. */
async function examineNetwork({ feeds, poll }: Settings): Promise<Finding> {
  const feed = feeds.find(({ url }) => url.startsWith("https:")) ?? feeds[0];
  if (feed === undefined) return hint("no feed to try the network with", "add one to feeds.yaml");
  await using fetcher = openFetcher(poll);
  const answer = await fetcher.fetch(firstRequest(feed.url, poll.userAgent));
  const { host } = new URL(feed.url);
  if (answer.kind === "answered") return well(`network: ${host} answers with status ${answer.status}`);
  return ill(
    `network: ${host}: ${answer.why}`,
    REFUSALS[answer.code] ?? "look at DNS, the firewall and the proxy of this machine; --offline leaves this out",
  );
}

/** Nobody was asked: we do not go there. */
const REFUSALS: Readonly<Record<string, string>> = {
  "blocked-port": "add the port to poll.ports, or take the feed out of feeds.yaml",
  "blocked-address": "add its network to poll.allowNetworks where it is yours, or take the feed out of feeds.yaml",
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
