import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { webhookRequest } from "../../src/alert/alert.ts";
import { loadSettings, showProblems } from "../../src/settings/settings.ts";
import { configFolder } from "../settings/config-folder.ts";
import { ROOT } from "../support/test-settings.ts";
import { aStory, messageOf } from "./press.ts";
import { SECRET } from "./receivers.ts";

/** What docs/alerts.md shows is so. */

const doc = readFileSync(path.join(ROOT, "docs", "alerts.md"), "utf8");
const examples = (language: string): readonly string[] =>
  [...doc.matchAll(/```(\w+)\n(.*?)```/gs)].flatMap(([, name, text = ""]) => (name === language ? [text] : []));

const request = (now: number, secret = SECRET) =>
  webhookRequest({ kind: "webhook", url: "https://desk.example/", secret }, messageOf([aStory()]), now);

describe("docs/alerts.md", () => {
  test("shows settings that load", () => {
    const [topics = "", ressort = ""] = examples("yaml");
    const loaded = loadSettings(configFolder({ topics, ressort }), { RESSORT_SECRET_DESK: SECRET });

    expect(loaded.kind === "broken" ? showProblems(loaded.problems) : loaded.settings.alerts).toHaveLength(4);
    expect(parse(topics).topics[0]).toMatchObject({ unlisted: true });
  });

  test("shows a message with the fields that messages have", () => {
    const shown = JSON.parse(examples("json")[0] ?? "");
    const sent = JSON.parse(String(request(0).body));

    expect(Object.keys(shown)).toEqual(Object.keys(sent));
    expect(Object.keys(shown.topic)).toEqual(Object.keys(sent.topic));
    expect(Object.keys(shown.stories[0])).toEqual(Object.keys(sent.stories[0]));
  });

  test("shows how Node tells a genuine message from a forged one and from one sent again by a stranger", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "ressort-docs-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, "receiver.mjs");
    writeFileSync(file, examples("js")[0] ?? "");
    const { isGenuine } = (await import(file)) as { isGenuine: (...given: unknown[]) => boolean };
    const { headers, body } = request(Date.now());
    const old = request(Date.now() - 600_000);
    const stranger = request(Date.now(), `whsec_${Buffer.alloc(32, 7).toString("base64")}`);

    expect(isGenuine(headers, body, SECRET)).toBe(true);
    expect(isGenuine({ ...headers, "webhook-signature": `v1,abc ${headers["webhook-signature"]}` }, body, SECRET)).toBe(
      true,
    );
    expect(isGenuine(headers, `${body} `, SECRET)).toBe(false);
    expect(isGenuine(old.headers, old.body, SECRET)).toBe(false);
    expect(isGenuine(stranger.headers, stranger.body, SECRET)).toBe(false);
    expect(isGenuine({}, body, SECRET)).toBe(false);
    expect(isGenuine({ ...headers, "webhook-signature": `v1,${"ä".repeat(44)}` }, body, SECRET)).toBe(false);
  });

  const hasPython = spawnSync("python3", ["--version"]).status === 0;
  if (!hasPython) console.warn("SKIPPED: the Python example of docs/alerts.md is not tried: there is no python3");

  test.skipIf(!hasPython)("shows how Python does", () => {
    const asked = [request(Date.now()), request(Date.now() - 600_000)].map(({ headers, body }) => ({ headers, body }));
    const program = `${examples("python")[0]}\nimport json, sys\nfor one in json.load(sys.stdin): print(is_genuine(one["headers"], one["body"].encode(), ${JSON.stringify(SECRET)}))\n`;

    const { stdout, stderr } = spawnSync("python3", ["-c", program], {
      input: JSON.stringify(asked),
      encoding: "utf8",
    });

    expect(stderr).toBe("");
    expect(stdout).toBe("True\nFalse\n");
  });
});
