import { addressKey } from "./address.ts";
import type { OpmlTrouble, Subscription } from "./subscription.ts";

/** Every feed repeats the names of its folders in config/: some thousand long ones below each other would fill a disk. */
const MAX_FOLDERS = 5_000_000;

/** A subscription whose folders are still coming, each once. */
type Listed = Omit<Subscription, "folders"> & { readonly folders: Map<string, readonly string[]> };

/** The feeds of a list while it is being read: each once, in all its folders; and what was left out, with the reason. */
export function openCatalogue() {
  const feeds = new Map<string, Listed>();
  const repeated: OpmlTrouble[] = [];
  const skipped: OpmlTrouble[] = [];
  let folderLetters = 0;

  return {
    add(url: string, attributes: Subscription["attributes"], path: readonly string[]): void {
      const pathKey = path.join("\n");
      folderLetters += pathKey.length;
      const title = attributes["title"] ?? attributes["text"];
      const earlier = feeds.get(addressKey(url));
      if (earlier !== undefined) {
        repeated.push({ outline: title ?? url, why: `is "${earlier.title ?? earlier.url}" once more` });
        earlier.folders.set(pathKey, path);
        return;
      }
      feeds.set(addressKey(url), {
        url,
        ...(title !== undefined && { title }),
        attributes: { ...attributes, xmlUrl: url },
        folders: new Map([[pathKey, path]]),
      });
    },
    skip(outline: string, why: string): void {
      skipped.push({ outline, why });
    },
    isTooLong: (): boolean => folderLetters > MAX_FOLDERS,
    listed: () => ({
      subscriptions: [...feeds.values()].map((one) => ({ ...one, folders: [...one.folders.values()] })),
      repeated,
      skipped,
    }),
  };
}
