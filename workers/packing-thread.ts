import { threadWork } from "../src/adapters/thread-pool.ts";
import { type PackedPart, pack, type Text } from "../src/search/search.ts";

/** What the threads that pack the search index run (src/adapters/thread-pool.ts). */
export const work = threadWork<readonly Text[], PackedPart>(async (texts) => pack(texts));
