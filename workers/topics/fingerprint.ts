import { createHash } from "node:crypto";
import type { Settings } from "../../src/model/settings.ts";
import { MEANING, showQuery } from "../../src/query/query.ts";
import type { CompiledTopic } from "../../src/road.ts";

/**
 * What a topic's members and documents are made with, in three parts: what it asks of items (another, and its members
 * are made anew; so are they where the same words mean something else), what it does with them (another, and its rules
 * were edited), and all that its documents say.
 */
export function fingerprinter(settings: Settings, meaning = MEANING): (compiled: CompiledTopic) => string {
  const { publicUrl, title, publishers, feeds, sections, websub } = settings;
  const named = sections.map(({ id, titles }) => [id, titles]);
  const credited = feeds.map((feed) => [feed.id, feed.url, feed.title, feed.fullContent]);
  const house = digestOf([publicUrl, title, publishers, credited, named, websub?.hub?.url]);
  return ({ topic, query }) => {
    const { id: _, title: __, description: ___, language: ____, renamedFrom: _____, ...rules } = topic;
    const asked = [meaning, showQuery(query)];
    return [asked, [asked, rules], [asked, topic, house]].map(digestOf).join(" ");
  };
}

const digestOf = (part: unknown): string =>
  createHash("sha256").update(JSON.stringify(part)).digest("hex").slice(0, 12);

/** Of two fingerprints of a topic: do they speak of the same members, of the same rules? Earlier ones have no parts. */
export const haveSameMembers = (one: string, other: string): boolean => partOf(one, 0) === partOf(other, 0);
export const haveSameRules = (one: string, other: string): boolean =>
  [undefined, partOf(other, 1)].includes(partOf(one, 1));

const partOf = (fingerprint: string, n: number): string | undefined => fingerprint.split(" ")[n];
