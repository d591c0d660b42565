import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadSettings } from "../../src/settings/settings.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, testSettings } from "../support/test-settings.ts";
import { openOperator } from "./operator.ts";

/** Headlines that leave no doubt, under a folder that means nothing to sections.yaml. */
const HEADLINES = [
  "Stürmer trifft in der Nachspielzeit zum Auswärtssieg",
  "Torwart hält drei Elfmeter im Viertelfinale",
  "Trainer lobt den Tabellenführer nach dem Derby",
  "Kreisläufer fehlt dem Meister im Halbfinale",
  "Biathletin gewinnt die Verfolgung in Oberhof",
  "Favoritin verliert das Endspiel im Tiebreak",
];

test("a desk of a new name is suggested; its line pasted into sections.yaml makes it known", {
  timeout: 60_000,
}, async () => {
  // given a publisher whose sport is under /leibesuebungen/
  await using publisher = await openFeedServer();
  publisher.put("/feed", rss(publisher.url("/")));
  const operator = openOperator([Number(new URL(publisher.url("/")).port)]);
  const settings = testSettings({
    dataDir: operator.dataDir,
    publishers: [aPublisher("kurier", { language: "de" })],
    feeds: [aFeed("kurier", "kurier", publisher.url("/feed"), { language: "de" })],
  });
  await using daemon = await startTestDaemon(settings);
  await daemon.settled(HEADLINES.length);
  const told = async (...args: readonly string[]) => {
    const { stdout, stderr } = await operator.ressort(...args);
    expect(stderr).toBe("");
    return stdout;
  };

  // then the list counts what words filed, and the suggestion is a line of YAML
  expect(await told("sections")).toMatch(/^sport +\d+ +0 +6$/m);
  const suggested = await told("sections", "suggest");
  expect(suggested).toMatch(/^# sport, paths:\n {6}leibesuebungen, # 6 items of kurier; 6 of 6 filed here$/m);

  expect((await operator.ressort("doctor", "--offline")).stdout).toContain("sections.yaml does not know: 1\n");

  // and where it is pasted, the name is known
  const line = /^ {6}leibesuebungen.*$/m.exec(suggested)?.[0] ?? "";
  const file = path.join(operator.configDir, "sections.yaml");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(/(id: sport\b[\s\S]*?paths: \[\n)/, `$1${line}\n`));
  expect(loadSettings(operator.configDir, {}).kind).toBe("settings");
  expect(await told("sections", "suggest")).toContain("sections.yaml knows every name");
});

function rss(site: string): string {
  const items = HEADLINES.map((title, at) => {
    const url = `${site}leibesuebungen/meldung-${at}.html`;
    return `<item><guid>${url}</guid><link>${url}</link><title>${title}</title></item>`;
  });
  return `<rss version="2.0"><channel><title>Kurier</title><link>${site}</link>${items.join("")}</channel></rss>`;
}
