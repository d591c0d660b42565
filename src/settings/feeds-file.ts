import { randomUUID } from "node:crypto";
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Document, isMap, isScalar, isSeq, parseDocument, visit, type YAMLMap, YAMLSeq } from "yaml";
import type { Enrolment } from "../model/enrolment.ts";
import type { Feed } from "../model/feed.ts";

const FILE = "feeds.yaml";
/** Lines of the operator are never folded, ours neither. */
const AS_WRITTEN = { lineWidth: 0 } as const;

export function readFeedsFile(configDir: string): string {
  return readFileSync(path.join(configDir, FILE), "utf8");
}

/**
 * Replaces config/feeds.yaml in one step: whoever reads it meanwhile sees the old one or the new one. Throws what the
 * file system says, and where somebody else has written since `before` was read.
 */
export function writeFeedsFile(configDir: string, before: string, after: string): void {
  const file = realpathSync(path.join(configDir, FILE));
  if (readFileSync(file, "utf8") !== before) throw new Error("somebody else has changed the file meanwhile");
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, after, { mode: statSync(file).mode, flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * The text of feeds.yaml with feeds added: each behind the last one of its publisher, new publishers at the end. Lines
 * that are there stay as they are, comments and all, unless the lists are written in [ ].
 * @param text YAML without errors
 */
export function addFeeds(text: string, enrolments: readonly Enrolment[]): string {
  const yaml = parseDocument(text);
  const wanted = [...Map.groupBy(enrolments, ({ feed }) => feed.publisher).values()];
  const insertions: Insertion[] = [];
  const newcomers: object[] = [];
  for (const group of wanted) {
    const newPublisher = group.find((one) => one.newPublisher !== undefined)?.newPublisher;
    const feeds = group.map(({ feed }) => feedEntry(feed));
    if (newPublisher !== undefined) newcomers.push({ ...newPublisher, feeds });
    else insertions.push(insertionBehind(text, feedsOf(yaml, group[0]?.feed.publisher), feeds));
  }
  if (newcomers.length > 0) insertions.push(insertionBehind(text, yaml.get("publishers"), newcomers));
  return insertions.some(({ at }) => at === undefined) ? rewritten(yaml, wanted, newcomers) : spliced(text, insertions);
}

interface Insertion {
  /** undefined where the list is not made of lines that begin with "- " */
  readonly at?: number;
  readonly lines: string;
}

/** The keys in the order in which people write them; what is only a default is left out. */
function feedEntry({ id, url, title, section, language, minInterval: _, fullContent, outline }: Feed): object {
  const kept = { id, url, title, section, language, fullContent: fullContent || undefined, outline };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

function feedsOf(yaml: Document, publisher: string | undefined): unknown {
  const list = yaml.get("publishers");
  const owner = isSeq(list) ? list.items.find((one) => isMap(one) && one.get("id") === publisher) : undefined;
  return isMap(owner) ? owner.get("feeds") : undefined;
}

function insertionBehind(text: string, list: unknown, entries: readonly object[]): Insertion {
  const last = isSeq(list) && list.flow !== true ? list.items.at(-1) : undefined;
  const [start, end] = isMap(last) && last.range ? last.range : [];
  if (start === undefined || end === undefined) return { lines: "" };
  const [, indent] = /^([ ]*)- $/.exec(text.slice(text.lastIndexOf("\n", start - 1) + 1, start)) ?? [];
  if (indent === undefined) return { lines: "" };
  // the range of a block ends behind its line break
  const endOfLine = text.indexOf("\n", end - 1);
  return {
    at: endOfLine < 0 ? text.length : endOfLine + 1,
    lines: written(new Document(entries)).replace(/^(?=.)/gm, indent),
  };
}

function written(yaml: Document): string {
  visit(yaml, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === "folders" && value instanceof YAMLSeq) value.flow = true;
    },
  });
  return yaml.toString(AS_WRITTEN);
}

function spliced(text: string, insertions: readonly Insertion[]): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const parts: string[] = [];
  let from = 0;
  for (const { at = text.length, lines } of insertions.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    const before = text.slice(from, at);
    parts.push(before, at === text.length && !text.endsWith("\n") && from < at ? lineBreak : "");
    parts.push(lineBreak === "\n" ? lines : lines.replaceAll("\n", lineBreak));
    from = at;
  }
  return parts.join("") + text.slice(from);
}

/** Lists in [ ], or none at all: the whole file is written anew, its comments kept. */
function rewritten(yaml: Document, wanted: readonly (readonly Enrolment[])[], newcomers: readonly object[]): string {
  for (const group of wanted) {
    if (group.some(({ newPublisher }) => newPublisher !== undefined)) continue;
    const feeds = feedsOf(yaml, group[0]?.feed.publisher);
    for (const { feed } of group) if (isSeq(feeds)) feeds.add(yaml.createNode(feedEntry(feed)) as YAMLMap);
  }
  const list = yaml.get("publishers");
  if (isSeq(list)) for (const newcomer of newcomers) list.add(yaml.createNode(newcomer) as YAMLMap);
  else yaml.set("publishers", newcomers);
  return written(yaml);
}
