import { opml, subscriptionsOpml } from "../../src/publish/publish.ts";
import { compileTopics } from "../../src/road.ts";
import { type Command, UsageError, unknownWord } from "../command.ts";
import { importOpml } from "../feeds/opml-import.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { configDirOf, settingsOrExit } from "../settings.ts";

const WORDS = ["feeds", "topics", "import"];

export const command: Command = {
  summary: "OPML 2.0 of what is polled or of what is published; adds the feeds of a list",
  usage: `
ressort opml feeds             the feeds that are polled: to move to another reader, or as a backup
ressort opml topics            the topic feeds that are published: the same as /opml
ressort opml import FILE|URL   adds the feeds of a list to config/feeds.yaml and says what became of every outline

Folders named as a section or a publisher mean it; the address says the publisher of all others. Folders and attributes
that have no key of their own in feeds.yaml are kept under "outline", and "opml feeds" gives them back. The list's head
and the attributes of folders are not kept.

  --dry-run      with import: check and tell all, write nothing
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { "dry-run": { type: "boolean" } }, true);
    const [what = "", from] = positionals;
    if (!WORDS.includes(what)) throw unknownWord(what, WORDS, "say opml feeds, opml topics or opml import FILE");
    if (what === "import" && from === undefined) throw new UsageError("say which file or URL to import");
    const settings = settingsOrExit(values.config);
    if (what === "feeds") console.log(subscriptionsOpml(settings));
    else if (what === "topics") {
      const topics = compileTopics(settings).map(({ topic }) => topic);
      console.log(opml(topics, settings));
    } else if (from !== undefined) {
      const isDryRun = values["dry-run"] === true;
      await importOpml(settings, { configDir: configDirOf(values.config), from, isDryRun });
    }
    return 0;
  },
};
