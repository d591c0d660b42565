import { opml, subscriptionsOpml } from "../../src/publish/publish.ts";
import { compileTopics } from "../../src/road.ts";
import { type Command, UsageError } from "../command.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";

export const command: Command = {
  summary: "OPML 2.0 of what is polled or of what is published",
  usage: `
ressort opml feeds     the feeds that are polled, by publisher: to move to another reader
ressort opml topics    the topic feeds that are published: the same as /opml
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, {}, true);
    const settings = settingsOrExit(values.config);
    const [what] = positionals;
    if (what === "feeds") console.log(subscriptionsOpml(settings));
    else if (what === "topics")
      console.log(
        opml(
          compileTopics(settings).map(({ topic }) => topic),
          settings,
        ),
      );
    else throw new UsageError("say opml feeds or opml topics");
    return 0;
  },
};
