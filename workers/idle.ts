import type { Settings } from "../src/model/settings.ts";
import type { World } from "./world.ts";

/** Says so where nothing lies and nobody is at work: most likely another Ressort was meant than the one that was asked. */
export async function noteIdle({ desk, items, settings }: World): Promise<void> {
  if ((await desk.isTaken()) || (await items.count()) > 0) return;
  console.error(
    `note: nothing is here yet and nobody is at work (${placeOf(settings)}). ` +
      "Another Ressort is asked with its --config; a demo prints the one that asks it.",
  );
}

/** Without what Redis is opened with. */
function placeOf({ redisUrl, redisPrefix, dataDir }: Settings): string {
  const place = redisUrl === undefined ? `Redis of ${dataDir}` : redisUrl.replace(/:\/\/[^@/]*@/, "://…@");
  return `${place}, prefix ${redisPrefix}`;
}
