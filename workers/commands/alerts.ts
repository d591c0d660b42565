import { alertStore } from "../../src/adapters/alert-store.ts";
import { sampleDispatch } from "../../src/alert/alert.ts";
import type { Alert } from "../../src/model/alert.ts";
import { pasteable } from "../../src/model/command-line.ts";
import type { TopicId } from "../../src/model/ids.ts";
import { openChannels } from "../alerts/channels.ts";
import { retryNow } from "../alerts/retry-now.ts";
import { standingOf } from "../alerts/standing.ts";
import { type Command, OperatorError, UsageError, unknownWord } from "../command.ts";
import { noteIdle } from "../idle.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit, settingsToAlert } from "../settings.ts";
import { shown } from "../shown.ts";
import { topicList } from "../topics/topic-list.ts";
import { openWorld, type World } from "../world.ts";

const WORDS = ["list", "test"];

export const command: Command = {
  summary: "who is told at once: list the alerts and how their channels are, try them out",
  usage: `
ressort alerts list          every alert: its topic, its channel, whether it is well and what waits
ressort alerts test TOPIC    sends a sample, marked as a test, through each of the topic's channels and prints the answers

Exit code of test: 0 where all channels took it, else 1. A channel that takes it and was paused is told at once what it
has missed. Alerts are written in config/topics.yaml; docs/alerts.md explains them.
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, {}, true);
    const [what = "", topic = ""] = positionals;
    if (!WORDS.includes(what)) throw unknownWord(what, WORDS, "say list or test TOPIC");
    if (what === "test" && topic === "") throw new UsageError("say list or test TOPIC");
    const settings = what === "list" ? settingsOrExit(values.config) : settingsToAlert(values.config);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await noteIdle(world);
    const alerts = what === "list" ? (settings.alerts ?? []) : await alertsOf(world, topic);
    return what === "list" ? await list(world, alerts) : await test(world, alerts);
  },
};

async function alertsOf({ settings, topics }: World, id: string): Promise<readonly Alert[]> {
  const found = (settings.alerts ?? []).filter(({ topic }) => topic === id);
  if (found.length > 0) return found;
  const list = topicList(settings, await topics.read());
  const isThere = list.byId.has(id as TopicId) || list.broken.has(id as TopicId);
  const why = isThere
    ? `topic "${id}" has no alerts (topics.yaml of the config folder gives them)`
    : `there is no topic "${id}"`;
  throw new OperatorError(`${why}; "${pasteable("alerts list")}" names those that there are.`);
}

async function list(world: World, alerts: readonly Alert[]): Promise<number> {
  const store = alertStore(world.redis, world.keys);
  if (alerts.length === 0) console.log("No topic has alerts; docs/alerts.md says how to write them.");
  for (const alert of alerts) console.log(`${titleOf(alert)}\n    ${shown((await standingOf(store, alert)).words)}`);
  return 0;
}

async function test(world: World, alerts: readonly Alert[]): Promise<number> {
  const store = alertStore(world.redis, world.keys);
  await using channels = openChannels(world.settings, world.now);
  let isTaken = true;
  for (const alert of alerts) {
    const topic = world.settings.topics.find(({ id }) => id === alert.topic);
    if (topic === undefined) continue;
    const sample = sampleDispatch(alert.id, topic, world.settings.publicUrl, world.now());
    const sent = await channels.send(alert, topic, sample);
    console.log(
      `${titleOf(alert)}\n    ${shown(sent.kind === "taken" ? `taken: ${sent.answer}` : `not taken: ${sent.why}`)}`,
    );
    if (sent.kind === "taken") await retryNow(world, store, alert);
    else isTaken = false;
  }
  return isTaken ? 0 : 1;
}

function titleOf({ topic, channel, only }: Alert): string {
  const where = channel.kind === "email" ? channel.to : channel.url;
  return `${topic}  ${channel.kind} ${where}${only === "revised" ? "  (revised)" : ""}`;
}
