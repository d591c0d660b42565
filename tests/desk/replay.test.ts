import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

const PROGRAM = path.join(import.meta.dirname, "..", "..", "workers", "ressort.ts");
const AT = "2026-03-02T06:00:00Z";

async function replay(lines: readonly (object | string)[]) {
  const child = spawn(process.execPath, [PROGRAM, "replay", "--jobs"], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
  const over = new Promise<number | null>((done) => child.on("close", done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), over]);
  return {
    answers: out
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    err,
    code,
  };
}

test("replay --jobs answers a line an item, in the order of input, with all merges done", async () => {
  const title = "Fähre strandet vor Amrum am frühen Morgen";
  const { answers, code } = await replay([
    {
      id: "a",
      publisher: "Der Kurier",
      language: "de",
      title,
      url: "https://kurier.example/panorama/x",
      arrivedAt: AT,
    },
    { id: "b", publisher: "Bote", title: `Nordsee: ${title}`, categories: ["Sport"], arrivedAt: AT },
    {
      id: "c",
      publisher: "",
      title: "Kantor in Nördlingen spielt Orgel",
      categories: [{ term: "medtop:01000000" }],
      arrivedAt: AT,
    },
  ]);

  expect(code).toBe(0);
  expect(answers).toEqual([
    { id: "a", story: expect.stringMatching(/^s[0-9a-f]{16}$/), section: "panorama", sectionBecause: "url-path" },
    { id: "b", copyOf: "a", story: answers[0].story, section: "sport", sectionBecause: "category" },
    { id: "c", story: expect.not.stringContaining(answers[0].story), section: "kultur", sectionBecause: "category" },
  ]);
});

test("replay --jobs names bad lines with their number and goes on", async () => {
  const good = { id: "a", publisher: "p", title: "Fähre strandet vor Amrum", arrivedAt: AT };
  const { answers, err, code } = await replay(["{", { ...good, arrivedAt: "gestern" }, "", good]);

  expect(answers.map(({ id }) => id)).toEqual(["a"]);
  expect(err).toMatch(/^line 1: .*\nline 2: arrivedAt: .*\n$/);
  expect(code).toBe(1);
});

test("replay --jobs is deterministic", async () => {
  const items = Array.from({ length: 60 }, (_, at) => ({
    ...{ id: `i${at}`, publisher: `p${at % 3}`, language: "de", arrivedAt: AT },
    title: `Meteorit über Nördlingen, Fund ${at % 7} im Acker bei Amerdingen`,
  }));

  expect((await replay(items)).answers).toEqual((await replay(items)).answers);
});
