import { pasteable } from "../../src/model/command-line.ts";
import { FORMATS } from "../../src/model/published.ts";
import { compileTopics, republish } from "../../src/road.ts";
import { type Command, OperatorError, UsageError } from "../command.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { CANDIDATES, CANDIDATES_A_STORY, membersOf } from "../publish.ts";
import { settingsOrExit } from "../settings.ts";
import { showTopic } from "../show-topic.ts";
import { openWorld } from "../world.ts";

export const command: Command = {
  summary: "the curated topics: list them, show what one holds and why",
  usage: `
ressort topics list           every topic with its address and how many items matched
ressort topics show TOPIC     its stories by arrival, newest first, with the lead and why it leads; those that wait
ressort topics print TOPIC [--format rss|atom|json]   the document as it would be published now

Topics are written in config/topics.yaml; docs/query-language.md explains their queries.
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { format: { type: "string", default: "rss" } }, true);
    const [what = "", id = ""] = positionals;
    if (!["list", "show", "print"].includes(what)) throw new UsageError("say list, show TOPIC or print TOPIC");
    const settings = settingsOrExit(values.config);
    const topics = compileTopics(settings);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");

    if (what === "list") {
      for (const { topic } of topics) {
        const members = await world.redis.zcard(world.keys.topic(topic.id));
        const place = topic.section === undefined ? "topics" : "sections";
        console.log(`${String(members).padStart(6)}  ${settings.publicUrl}/${place}/${topic.id}.rss  ${topic.title}`);
      }
      return 0;
    }
    const topic = topics.find((one) => one.topic.id === id)?.topic;
    if (topic === undefined)
      throw new OperatorError(`there is no topic "${id}"; "${pasteable("topics list")}" names them.`);
    const matched = await world.items.ofTopic(topic.id, CANDIDATES, CANDIDATES_A_STORY);
    const members = await membersOf(world, matched, topic);
    const readers = { announced: await world.documents.announced(topic.id), now: world.now() };
    if (what === "show") for (const line of showTopic(topic, matched, members, settings, readers)) console.log(line);
    else if (what === "print") {
      const format = FORMATS.find((one) => one === values.format);
      if (format === undefined) throw new OperatorError(`--format is one of ${FORMATS.join(", ")}.`);
      const publishing = republish(topic, matched, members, settings, readers).publishings[FORMATS.indexOf(format)];
      if (publishing?.kind !== "published") throw new OperatorError(`refused: ${publishing?.why.join("; ")}`);
      console.log(publishing.document.text);
    }
    return 0;
  },
};
