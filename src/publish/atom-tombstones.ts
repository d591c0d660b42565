import { isoOf } from "../model/time.ts";
import type { Deletion, TopicFeed } from "../model/topic.ts";
import { publicIri } from "./address.ts";
import type { Edition } from "./edition.ts";
import { wordsIn } from "./language.ts";
import { isTellable } from "./telling.ts";
import { element, type XmlElement } from "./xml.ts";

/** RFC 6721. */
const TOMBSTONES = "http://purl.org/atompub/tombstones/1.0";

/** The ids as the entries had them. */
export function deletionsOf({ deleted = [] }: TopicFeed, publicUrl: string): readonly Deletion[] {
  return deleted.filter(({ at }) => isTellable(at)).map(({ iri, at }) => ({ iri: publicIri(iri, publicUrl), at }));
}

/** One for each entry that its publishers withdrew, so that readers who have it let go of it too. */
export function tombstonesOf({ deleted, language }: Pick<Edition, "deleted" | "language">): {
  readonly namespace: Readonly<Record<string, string>>;
  readonly elements: readonly XmlElement[];
} {
  if (deleted.length === 0) return { namespace: {}, elements: [] };
  const comment = wordsIn(language).withdrawn;
  const elements = deleted.map(({ iri, at }) =>
    element("at:deleted-entry", { ref: iri, when: isoOf(at) }, element("at:comment", {}, comment)),
  );
  return { namespace: { "xmlns:at": TOMBSTONES }, elements };
}
