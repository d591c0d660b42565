import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { FileName } from "../../src/settings/schema.ts";

const GOOD: Readonly<Record<FileName, string>> = {
  ressort: "title: Blatt\n",
  feeds: `publishers:
  - id: abendblatt
    title: Abendblatt
    language: de
    feeds:
      - id: abendblatt
        url: https://abendblatt.example/rss
`,
  sections: "sections:\n  - { id: politik, titles: { de: Politik } }\n",
  topics: "topics: []\n",
};

/** A folder of four good files, some of them replaced, for one test; `undefined` leaves a file out. */
export function configFolder(files: Partial<Record<FileName, string | undefined>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), "ressort-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ ...GOOD, ...files }))
    if (text !== undefined) writeFileSync(path.join(folder, `${name}.yaml`), text);
  return folder;
}
