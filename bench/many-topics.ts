import { appendFileSync, cpSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../tests/support/test-settings.ts";
import { syntheticPress } from "./synthetic-press.ts";

/** Our configuration with so many topics more, of every kind that editors write. @returns its folder */
export function manyTopics(folder: string, count: number): string {
  const configDir = path.join(folder, "config");
  cpSync(path.join(ROOT, "config"), configDir, { recursive: true });
  const { wordOfRank } = syntheticPress(1);
  const kinds = [
    (n: number) => `${wordOfRank(10 + n)} OR ${wordOfRank(500 + n)} OR title:${wordOfRank(50 + n)}`,
    (n: number) => `${wordOfRank(200 + n)} -section:sport`,
    (n: number) => `story.publishers>=${2 + (n % 3)} ${wordOfRank(20 + n)}`,
    (n: number) => `is:lead title:(${wordOfRank(5 + n)} OR ${wordOfRank(300 + n)})`,
  ];
  const topics = Array.from({ length: count }, (_, n) => {
    const query = JSON.stringify(kinds[n % kinds.length]?.(n));
    return `  - { id: erfunden-${n}, title: Erfunden ${n}, description: Erfunden, query: ${query} }\n`;
  });
  appendFileSync(path.join(configDir, "topics.yaml"), `\n${topics.join("")}`);
  return configDir;
}
