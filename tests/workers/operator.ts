import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { type Ended, ressort } from "../support/ressort.ts";
import { ROOT } from "../support/test-settings.ts";

export interface Operator {
  readonly configDir: string;
  readonly dataDir: string;
  /** what feeds.yaml says now */
  readonly feedsFile: () => string;
  readonly ressort: (...args: readonly string[]) => Promise<Ended>;
}

/** Somebody with a config/ of their own at the command line, for one test. Loopback may be polled at `ports`. */
export function openOperator(ports: readonly number[], feeds: string = FEEDS): Operator {
  const folder = mkdtempSync(path.join(tmpdir(), "ressort-operator-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const configDir = path.join(folder, "config");
  const dataDir = path.join(folder, "data");
  cpSync(path.join(ROOT, "config"), configDir, { recursive: true });
  writeFileSync(path.join(configDir, "feeds.yaml"), feeds);
  writeFileSync(path.join(configDir, "topics.yaml"), "topics: []\n");
  writeFileSync(
    path.join(configDir, "ressort.yaml"),
    `poll: { contactUrl: "https://ressort.example/bot", allowNetworks: [127.0.0.0/8], ports: [${ports}], perHostGap: 1s }\n`,
  );
  const env = { RESSORT_CONFIG_DIR: configDir, RESSORT_DATA_DIR: dataDir, RESSORT_LOG_LEVEL: "silent" };
  return {
    configDir,
    dataDir,
    feedsFile: () => readFileSync(path.join(configDir, "feeds.yaml"), "utf8"),
    ressort: (...args) => ressort(args, env),
  };
}

const FEEDS = `# ours
publishers:
  - id: abendblatt # the oldest
    title: Abendblatt
    feeds:
      - id: abendblatt
        url: https://abendblatt.example/rss
`;
