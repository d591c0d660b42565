import type { FeedState } from "../../src/model/feed.ts";
import { feedId } from "../../src/model/ids.ts";
import { isoOf, showDuration } from "../../src/model/time.ts";
import { type Command, OperatorError, UsageError } from "../command.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { openWorld, type World } from "../world.ts";

export const command: Command = {
  summary: "the feeds that are polled: list them with their state, poll one now",
  usage: `
ressort feeds list [--ill] [--json]   every feed: health, last success, next poll and why, last error
ressort feeds show FEED               everything that is known of one feed
ressort feeds poll FEED               due now; the poll itself stays conditional

Feeds are added in config/feeds.yaml.

  --ill          only those that are not well
  --json         one JSON object a line
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { ill: { type: "boolean" }, json: { type: "boolean" } }, true);
    const [what = "", id] = positionals;
    if (!["list", "show", "poll"].includes(what)) throw new UsageError("say list, show FEED or poll FEED");
    if (what !== "list" && id === undefined) throw new UsageError(`say which feed: ${what} FEED`);
    const settings = settingsOrExit(values.config);
    const known = (text: string | undefined) => {
      const feed = settings.feeds.find((one) => one.id === text);
      if (feed === undefined) throw new OperatorError(`there is no feed "${text}"; "ressort feeds list" names them.`);
      return feed;
    };
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");

    if (what === "list") await list(world, { ill: values.ill === true, json: values.json === true });
    else if (what === "show") {
      const feed = known(id);
      console.log(JSON.stringify({ ...feed, state: (await world.feeds.states([feed.id])).get(feed.id) }, null, 2));
    } else if (what === "poll") {
      await world.feeds.dueNow(feedId(known(id).id), world.now());
      console.log(`${id} is due now; a running Ressort polls it within seconds, a stopped one when it starts.`);
    }
    return 0;
  },
};

async function list(world: World, show: { readonly ill: boolean; readonly json: boolean }): Promise<void> {
  const { feeds } = world.settings;
  const states = await world.feeds.states(feeds.map(({ id }) => id));
  let ill = 0;
  for (const feed of feeds) {
    const state = states.get(feed.id);
    if (state === undefined) continue;
    const isIll = state.health !== "ok" && state.health !== "new";
    if (isIll) ill++;
    if (show.ill && !isIll) continue;
    console.log(show.json ? JSON.stringify({ ...feed, state }) : line(feed.id, state, world.now()));
  }
  if (!show.json) console.log(`${feeds.length} feeds, ${ill} ill`);
}

function line(id: string, state: FeedState, now: number): string {
  const next = state.nextDueAt === undefined ? "" : `next in ${showDuration(Math.max(0, state.nextDueAt - now))}`;
  const said = state.nextBecause === undefined ? "" : ` (${state.nextBecause})`;
  const success = state.succeededAt === undefined ? "never read" : `read ${isoOf(state.succeededAt)}`;
  const trouble = state.lastError === undefined || state.health === "ok" ? "" : `\n${" ".repeat(11)}${state.lastError}`;
  return `${state.health.padEnd(10)} ${id.padEnd(32)} ${success}  ${next}${said}${trouble}`;
}
