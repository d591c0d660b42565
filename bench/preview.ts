/**
 * What would an edit have done to the last 30 days?  node bench/preview.ts [--items ../shared/data/frontpage-de.jsonl]
 *
 * The command as an editor runs it, five times each: one of the shipped topics edited, then all of them. `placed and
 * compared` is what it says itself, wall clock; `in all` has the start of the program and the reading of config/ in it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const ROOT = path.join(import.meta.dirname, "..");
const SHARED = path.join(ROOT, "..", "shared", "data", "frontpage-de.jsonl");
const { values } = parseArgs({ options: { items: { type: "string", default: SHARED } } });
const RUNS = 5;

const folder = mkdtempSync(path.join(tmpdir(), "ressort-bench-"));
const shipped = readFileSync(path.join(ROOT, "config", "topics.yaml"), "utf8");
const edited = shipped.replaceAll(/NOT section:sport$/gm, "NOT section:sport NOT section:panorama");
const one = shipped.replace(/NOT section:sport$/m, "NOT section:sport NOT section:panorama");
console.table([measured("one topic edited", one), measured("all topics edited", edited)]);
rmSync(folder, { recursive: true });

function measured(what: string, topics: string) {
  const file = path.join(folder, "topics.yaml");
  writeFileSync(file, topics);
  const runs = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    const args = ["topics", "preview", file, "--items", values.items, "--json"];
    const { stdout } = spawnSync(process.execPath, [path.join(ROOT, "workers", "ressort.ts"), ...args], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return { all: performance.now() - started, report: JSON.parse(stdout) };
  });
  const median = (of: (run: (typeof runs)[number]) => number) => runs.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? 0;
  const [{ report } = { report: undefined }] = runs;
  return {
    what,
    items: report.items,
    topics: report.topics.length,
    "placed and compared, s": Number((median((run) => run.report.tookMs) / 1000).toFixed(2)),
    "in all, s": Number((median(({ all }) => all) / 1000).toFixed(2)),
  };
}
