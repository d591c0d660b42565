import { pasteable } from "../../src/model/command-line.ts";
import { NEW_FEED_STATE } from "../../src/model/feed.ts";
import { nearest } from "../../src/model/nearest.ts";
import type { Settings } from "../../src/model/settings.ts";
import { type Command, OperatorError, UsageError, unknownWord } from "../command.ts";
import { feedLine, feedReport, isIll } from "../feeds/feed-report.ts";
import { addFeed } from "../feeds/feeds-add.ts";
import { refreshFeed } from "../feeds/feeds-refresh.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { configDirOf, settingsOrExit } from "../settings.ts";
import { openWorld, type World } from "../world.ts";

const OPTIONS = {
  ill: { type: "boolean" },
  json: { type: "boolean" },
  pick: { type: "string" },
  publisher: { type: "string" },
  section: { type: "string" },
  title: { type: "string" },
  anyway: { type: "boolean" },
  "dry-run": { type: "boolean" },
} as const;

const WORDS = ["list", "show", "add", "refresh"];

export const command: Command = {
  summary: "the feeds that are polled: list them, look at one, add one, have one polled now",
  usage: `
ressort feeds list [--ill] [--json]     every feed: health, last success, rate, next poll and why, last error; ill ones first
ressort feeds show FEED [--json]        everything that is known of one feed
ressort feeds add URL                   finds the feeds at an address, shows them, adds one to config/feeds.yaml
ressort feeds refresh FEED | --ill      due now; the poll stays conditional, at most every 30 minutes a feed

  --ill            only those that are not well
  --json           one JSON object a line
with add:
  --pick N         the one of several that is meant
  --publisher ID   whose it is; a name that nobody has makes a new one (default: by its domain)
  --section ID     every item of it belongs there, whatever its category says
  --title TEXT     what it is called here (default: what it calls itself)
  --anyway         also where a feed of ours brings the same items
  --dry-run        look and tell, write nothing

URL may be a feed's address or a page's. Feeds that the page declares come first, then those that it links to, then the
usual addresses (/feed, /rss.xml, …), one request at a time. Nothing is added before all of config/ is checked with it.
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, OPTIONS, true);
    const [what = "", name] = positionals;
    if (!WORDS.includes(what)) throw unknownWord(what, WORDS, "say list, show FEED, add URL or refresh FEED");
    if (name === undefined && what !== "list" && !(what === "refresh" && values.ill === true))
      throw new UsageError(`say which: ${what} ${what === "add" ? "URL" : "FEED"}`);
    const settings = settingsOrExit(values.config);
    if (what === "add")
      return await addFeed(settings, {
        ...values,
        configDir: configDirOf(values.config),
        address: name ?? "",
        isDryRun: values["dry-run"] === true,
        anyway: values.anyway === true,
      });
    if (name !== undefined) refuseUnknown(settings, name);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    const how = { ill: values.ill === true, json: values.json === true };
    if (what === "list") await list(world, how);
    else if (what === "show") await show(world, name ?? "", how.json);
    else return await refresh(world, name);
    return 0;
  },
};

function refuseUnknown({ feeds }: Settings, id: string): void {
  const ids = feeds.map((feed): string => feed.id);
  if (ids.includes(id)) return;
  const meant = nearest(id, ids);
  const words = meant === undefined ? "" : ` Did you mean ${meant}?`;
  throw new OperatorError(`there is no feed "${id}"; "${pasteable("feeds list")}" names them.${words}`);
}

async function reportsOf(world: World) {
  const { feeds } = world.settings;
  const states = await world.feeds.states(feeds.map(({ id }) => id));
  const reports = feeds.map((feed) => ({ feed, state: states.get(feed.id) ?? NEW_FEED_STATE }));
  const since = ({ state }: (typeof reports)[number]): number =>
    isIll(state) ? (state.healthSince ?? 0) : Number.POSITIVE_INFINITY;
  return reports.toSorted((one, other) => (since(one) < since(other) ? -1 : since(one) > since(other) ? 1 : 0));
}

async function list(world: World, how: { readonly ill: boolean; readonly json: boolean }): Promise<void> {
  const reports = await reportsOf(world);
  const ill = reports.filter(({ state }) => isIll(state));
  for (const { feed, state } of how.ill ? ill : reports)
    console.log(how.json ? JSON.stringify({ ...feed, state }) : feedLine(feed, state, world.now()));
  if (!how.json) console.log(`${reports.length} feeds, ${ill.length} ill`);
}

async function show(world: World, id: string, json: boolean): Promise<void> {
  const feed = world.settings.feeds.find((one) => one.id === id);
  const publisher = world.settings.publishers.find((one) => one.id === feed?.publisher);
  if (feed === undefined || publisher === undefined) return;
  const state = (await world.feeds.states([feed.id])).get(feed.id) ?? NEW_FEED_STATE;
  const kept = await world.quarantine.notes(world.now(), feed.id);
  if (json) console.log(JSON.stringify({ ...feed, state, kept }));
  else console.log(feedReport(feed, publisher, state, kept, world.now()));
}

async function refresh(world: World, id: string | undefined): Promise<number> {
  const ill = id === undefined ? (await reportsOf(world)).filter(({ state }) => isIll(state)) : [];
  const ids = id === undefined ? ill.map(({ feed }) => feed.id) : [id];
  let asked = 0;
  for (const one of ids) if (await refreshFeed(world, one)) asked++;
  if (ids.length === 0) console.log("No feed is ill.");
  return asked === ids.length ? 0 : 1;
}
