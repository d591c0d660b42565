import { mkdir } from "node:fs/promises";
import { opml } from "../../src/publish/publish.ts";
import { type Command, OperatorError, UsageError } from "../command.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";
import { shown } from "../shown.ts";
import { openTopicBook } from "../topics/topic-book.ts";
import { exportOnce } from "../web/export.ts";
import { openWorld } from "../world.ts";

export const command: Command = {
  summary: "writes every document that is published as a file, for a web server or a bucket",
  usage: `
ressort export DIR   writes what has changed, with .gz, .br and .zst beside it, and removes documents that are no more

Files are dated as Last-Modified says, and never seen half written. To have the folder follow every change, set
export.dir in ressort.yaml: docs/docker.md shows nginx with it.
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, {}, true);
    const [folder, ...others] = positionals;
    if (folder === undefined || others.length > 0) throw new UsageError("say into which folder");
    await mkdir(folder, { recursive: true }).catch(refuse(folder));
    const settings = settingsOrExit(values.config);
    await using world = await openWorld({ ...settings, logLevel: "error" }, "cli");
    await using book = await openTopicBook(world);
    const list = opml(
      book.current().map(({ topic }) => topic),
      settings,
    );
    const count = await exportOnce(folder, world.documents, list).catch(refuse(folder));
    console.log(`${count} files written into ${folder}`);
    return 0;
  },
};

/** Whatever the file system says against the folder is the operator's to mend; all else is ours. */
const refuse =
  (folder: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.syscall === undefined) throw error;
    throw new OperatorError(
      `${shown(error.path ?? folder)} cannot be written (${error.code}).\nName a folder, new or old, that this user may write to.`,
    );
  };
