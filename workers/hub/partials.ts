import { keepNewest } from "../../src/model/keep-newest.ts";
import type { ServedDocument } from "../../src/model/published.ts";
import { partialOf } from "../../src/publish/publish.ts";

/** What is sent of a document. */
export interface Partial {
  readonly body: Uint8Array;
  readonly contentType: string;
}

interface Kept {
  readonly etag: string;
  readonly document: Promise<ServedDocument | undefined>;
  /** by the entries that are in them: nearly all subscribers are owed the same */
  readonly partials: Map<string, Partial>;
}

const MOST_DOCUMENTS = 50;
const MOST_PARTIALS = 20;

/** Parts of documents, each document read once a version and each part made once, however many subscribers there are. */
export function openPartials(
  documents: { document(path: string): Promise<ServedDocument | undefined> },
  etagOf: (path: string) => Promise<string | undefined>,
) {
  const kept = new Map<string, Kept>();

  return {
    /** The document with what is owed of it; undefined where it has none of that any more. */
    async of(path: string, owed: ReadonlySet<string>): Promise<Partial | undefined> {
      if (owed.size === 0) return undefined;
      const { document: reading, partials } = await newest(path);
      const document = await reading;
      const ids = document?.entries.flatMap(({ id }) => (owed.has(id) ? [id] : [])) ?? [];
      if (document === undefined || ids.length === 0) return undefined;
      const key = ids.join("\n");
      const partial = partials.get(key) ?? madeOf(document, new Set(ids));
      keepNewest(partials, key, partial, MOST_PARTIALS);
      return partial;
    },
  };

  async function newest(path: string): Promise<Kept> {
    const etag = (await etagOf(path)) ?? "";
    const known = kept.get(path);
    const one = known?.etag === etag ? known : { etag, document: documents.document(path), partials: new Map() };
    keepNewest(kept, path, one, MOST_DOCUMENTS);
    one.document.catch(() => kept.delete(path));
    return one;
  }
}

function madeOf(document: ServedDocument, ids: ReadonlySet<string>): Partial {
  const { path, entries, bodies, contentType } = document;
  const text = Buffer.from(bodies.identity).toString("utf8");
  return { body: Buffer.from(partialOf({ path, entries, text }, ids), "utf8"), contentType };
}
