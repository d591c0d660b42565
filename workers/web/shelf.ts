import { isPacked, unpacked } from "../../src/adapters/compress.ts";
import { keepNewest } from "../../src/model/keep-newest.ts";
import type { PackedDocument, ServedDocument } from "../../src/model/published.ts";
import { partialOf } from "../../src/publish/publish.ts";
import { type Answerable, heldTags, written } from "../../src/serve/serve.ts";

/** A reader that asks every hour is behind by fewer, even where something changes every minute. */
const REMEMBERED_VERSIONS = 50;
/** Some hundred readers are behind by the same few versions of the same few documents. */
const MOST_PARTS = 500;
/** 150 KB each with all its bodies. */
const MOST_UNPACKED = 50;

interface Step {
  /** of the version that was followed by another */
  readonly etag: string;
  /** ids of what was new or told otherwise in that other one */
  readonly fresh: readonly string[];
}

/** The finished documents of a web process, and how those that change came to be what they are. */
export function openShelf() {
  const documents = new Map<string, ServedDocument>();
  const steps = new Map<string, readonly Step[]>();
  const parts = new Map<string, Answerable>();
  const archives = new Map<string, PackedDocument>();
  const atHand = new Map<string, ServedDocument>();
  const numbers = new Map<string, Set<number>>();

  function put(path: string, document: ServedDocument | PackedDocument): void {
    if (isPacked(document)) {
      archives.set(path, document);
      const { place, number } = archiveAt(path);
      numbers.set(place, (numbers.get(place) ?? new Set()).add(number));
      return;
    }
    const before = documents.get(path);
    if (before !== undefined && before.etag !== document.etag)
      steps.set(path, [stepOf(before, document), ...(steps.get(path) ?? [])].slice(0, REMEMBERED_VERSIONS));
    documents.set(path, document);
  }

  function remove(path: string): void {
    for (const kept of [documents, steps, archives, atHand]) kept.delete(path);
    const { place, number } = archiveAt(path);
    numbers.get(place)?.delete(number);
  }

  function unpackedAt(path: string): ServedDocument | undefined {
    const archive = archives.get(path);
    if (archive === undefined) return undefined;
    const document = atHand.get(path) ?? unpacked(archive);
    keepNewest(atHand, path, document, MOST_UNPACKED);
    return document;
  }

  return {
    put,
    remove,
    get: (path: string): ServedDocument | undefined => documents.get(path) ?? unpackedAt(path),
    has: (path: string): boolean => documents.has(path) || archives.has(path),
    paths: (): readonly string[] => [...documents.keys(), ...archives.keys()],

    /** Numbers of the archives at a place: "topics/energie". */
    archives(place: string): { readonly first: number; readonly last: number } | undefined {
      const there = numbers.get(place);
      return there === undefined || there.size === 0
        ? undefined
        : { first: Math.min(...there), last: Math.max(...there) };
    },

    /** The document with only what is new for one who holds an earlier version; undefined where that is nothing, or all. */
    newIn(path: string, ifNoneMatch: string | undefined): Answerable | undefined {
      const document = documents.get(path);
      const behind = steps.get(path);
      if (document === undefined || behind === undefined) return undefined;
      const held = new Set(heldTags(ifNoneMatch));
      const since = held.has(document.etag) ? -1 : behind.findIndex(({ etag }) => held.has(etag));
      if (since < 0) return undefined;
      const key = `${path} ${document.etag} ${behind[since]?.etag}`;
      const part = parts.get(key) ?? partOf(document, behind.slice(0, since + 1));
      if (part !== undefined) keepNewest(parts, key, part, MOST_PARTS);
      return part;
    },
  };
}

export type Shelf = ReturnType<typeof openShelf>;

function stepOf(before: ServedDocument, after: ServedDocument): Step {
  const known = new Map(before.entries.map(({ id, mark }) => [id, mark]));
  const fresh = after.entries.filter(({ id, mark }) => known.get(id) !== mark);
  return { etag: before.etag, fresh: fresh.map(({ id }) => id) };
}

function partOf(document: ServedDocument, steps: readonly Step[]): Answerable | undefined {
  const fresh = new Set(steps.flatMap((step) => step.fresh));
  const kept = document.entries.filter(({ id }) => fresh.has(id));
  if (kept.length === 0 || kept.length === document.entries.length) return undefined;
  const text = Buffer.from(document.bodies.identity).toString();
  const { path, contentType, etag, modifiedAt, entries } = document;
  return { ...written(partialOf({ text, path, entries }, fresh), contentType), etag, modifiedAt };
}

function archiveAt(path: string): { readonly place: string; readonly number: number } {
  const [, place = "", number] = /^(.+)\/archive\/(\d+)\.\w+$/.exec(path) ?? [];
  return { place, number: Number(number) };
}
