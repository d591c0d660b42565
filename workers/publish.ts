import { compressed, packed } from "../src/adapters/compress.ts";
import { readJson } from "../src/adapters/read-json.ts";
import type { TopicId } from "../src/model/ids.ts";
import type { PublishedDocument, Publishing } from "../src/model/published.ts";
import { type Filing, NOTHING_FILED, OUT_OF_ORDER } from "../src/publish/publish.ts";
import { republish, republishCorrections } from "../src/road.ts";
import { candidatesOf } from "./topics/candidates.ts";
import { fingerprinter, haveSameRules } from "./topics/fingerprint.ts";
import type { TopicBook } from "./topics/topic-book.ts";
import { editingOf } from "./topics/topic-list.ts";
import type { World } from "./world.ts";

/**
 * Renders one topic: its items, curated, written in all formats, checked, compressed, swapped in together, and with
 * them the archives of what leaves. A document that fails the check leaves the last good one where it is.
 */
export async function publishTopic(world: World, book: TopicBook, id: TopicId): Promise<number> {
  const timed = world.metrics.renderDuration.startTimer();
  const touchCount = await world.documents.touchCount(id);
  const list = await book.refresh();
  const known = list.byId.get(id);
  const { rules, editedAt } = await world.memberships.madeWith(id);
  // it is gone, or its members are not yet those that its rules ask for: it is asked for again when they are
  if (known === undefined || rules === undefined) return 0;
  if (!haveSameRules(rules, fingerprinter(world.settings)(known))) return 0;
  const topic = { ...known.topic, ...(editedAt !== undefined && { editedAt }) };
  const compiled = { ...known, topic };
  const filed = await world.documents.filing(topic.id);
  const before = await world.documents.announced(topic.id);
  const told = { announced: before, editing: editingOf(list, id), now: world.now() };
  const { matched, members } = await candidatesOf(world, compiled, told);
  // a Redis that lost everything must not empty what readers have: the last good documents stay until news come in
  if (matched.length === 0 && (await world.items.count()) === 0) return 0;
  const withdrawn = await world.items.withdrawnFrom(topic.id);
  const filing = readJson<Filing>(filed.text) ?? NOTHING_FILED;
  const readers = { ...told, withdrawn, filing };
  const issue = republish(compiled, matched, members, world.settings, readers);
  const { publishings, archives, dropped, announced, heldUntil } = issue;

  const corrections = republishCorrections(compiled, matched, members, world.settings, readers);
  const documents = await changedOf(world, soundOf(world, [...publishings, ...corrections]));
  const isRefused = publishings.every(({ kind }) => kind === "refused");
  const text = JSON.stringify(issue.filing ?? filing);
  const isFiled = !isRefused && text !== filed.text;
  const cut = isFiled ? soundOf(world, archives) : [];
  const changed = await world.documents.swap({
    ...{ topic: topic.id, touchCount, rules },
    // nobody is to be led to an archive before it is there
    documents: await Promise.all([...cut.map(packed), ...documents.map(compressed)]),
    announced: isRefused ? before : announced,
    grace: (topic.hold ?? 0) + OUT_OF_ORDER,
    ...(isFiled && { filing: { turn: filed.turn, text }, dropped }),
    ...(heldUntil !== undefined && { heldUntil }),
  });
  world.metrics.renders.inc({ changed: String((changed ?? 0) > 0) });
  timed();
  return changed ?? 0;
}

function soundOf(world: World, publishings: readonly Publishing[]): readonly PublishedDocument[] {
  return publishings.flatMap((publishing) => {
    if (publishing.kind === "refused") {
      world.metrics.refusals.inc();
      world.log.error({ path: publishing.path, why: publishing.why.slice(0, 5) }, "publish.refused");
      return [];
    }
    const { document } = publishing;
    if (document.leftOut.length > 0)
      world.log.warn({ path: document.path, leftOut: document.leftOut.slice(0, 5) }, "publish.left-out");
    return [document];
  });
}

/** What stays as it is need not be compressed again. */
async function changedOf(world: World, documents: readonly PublishedDocument[]): Promise<readonly PublishedDocument[]> {
  const etags = await world.documents.etagsOf(documents.map(({ path }) => path));
  return documents.filter(({ etag }, at) => etag !== etags[at]);
}
