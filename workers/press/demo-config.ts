import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import type { Settings } from "../../src/model/settings.ts";
import type { Press } from "./press.ts";

/**
 * The demo's settings as a config folder, for commands that ask the demo while it runs: `--config FOLDER`.
 * @param configDir the folder that `settings` were read from
 * @returns the folder
 */
export async function writeConfig(settings: Settings, press: Press, configDir: string): Promise<string> {
  const folder = path.join(settings.dataDir, "config");
  const read = async (name: string) => parse(await readFile(path.join(configDir, `${name}.yaml`), "utf8"));
  // what is JSON is YAML
  const write = (name: string, value: object) => writeFile(path.join(folder, `${name}.yaml`), JSON.stringify(value));

  await mkdir(folder);
  await copyFile(path.join(configDir, "sections.yaml"), path.join(folder, "sections.yaml"));
  await write("ressort", ressortOf(settings));
  await write("feeds", {
    publishers: press.publishers.map((publisher) => ({ ...publisher, feeds: feedsOf(publisher) })),
  });
  const { topics } = (await read("topics")) as { readonly topics: readonly { readonly alerts?: unknown }[] };
  await write("topics", { topics: topics.map(({ alerts: _, ...topic }) => ({ ...topic, ranks: {} })) });
  return folder;

  function feedsOf({ id }: Press["publishers"][number]) {
    return press.feeds.filter((feed) => feed.publisher === id).map(({ publisher: _, ...feed }) => feed);
  }
}

function ressortOf({ publicUrl, title, language, http, dataDir, poll, logLevel }: Settings): object {
  const { contactUrl, allowNetworks, ports } = poll;
  return { publicUrl, title, language, http, dataDir, poll: { contactUrl, allowNetworks, ports }, logLevel };
}
