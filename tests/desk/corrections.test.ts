import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDesk, restoreDesk } from "../../src/desk/desk.ts";
import type { Correction, StoryRef } from "../../src/model/correction.ts";
import { type ItemId, itemId, type SectionId, type StoryId } from "../../src/model/ids.ts";
import type { NewsEntry } from "../../src/model/news.ts";
import { HOUR } from "../../src/model/time.ts";
import { itemOf, MORNING, Newsroom, SETTINGS } from "./entries.ts";

const FERRY = [
  { id: "f1", title: "Fähre Uthlande strandet vor Amrum im dichten Nebel", publisher: "kurier" },
  { id: "f2", title: "Gestrandete Fähre Uthlande vor Amrum: Passagiere warten im Nebel", publisher: "bote" },
  { id: "f3", title: "Amrum: Fähre Uthlande im Nebel gestrandet, Passagiere wohlauf", publisher: "anzeiger" },
];
const METEORITE = [
  { id: "m1", title: "Meteorit schlägt bei Nördlingen in ein Maisfeld ein", publisher: "kurier" },
  { id: "m2", title: "Maisfeld bei Nördlingen: Forscher bergen Meteorit", publisher: "bote" },
];

const correct = (newsroom: Newsroom, correction: Correction, hour = 2) =>
  newsroom.take({ kind: "corrected", correction, by: "Frieda", at: MORNING + hour * HOUR });

const storyOf = (newsroom: Newsroom, ...items: readonly string[]): StoryRef => {
  const { story: id, storyIri: iri } = newsroom.on(itemId(items[0] ?? ""));
  return { id, iri, items: items.map(itemId) };
};

const split = (from: StoryRef, ...items: readonly string[]): Correction => ({
  kind: "split",
  from,
  items: items.map((id) => ({ id: itemId(id), iri: `https://example.org/${id}` })),
});

const storiesOf = (newsroom: Newsroom, ...items: readonly string[]): readonly StoryId[] =>
  items.map((id) => newsroom.on(itemId(id)).story);

function ferryAndMeteorite(): Newsroom {
  const newsroom = new Newsroom();
  newsroom.tell(...FERRY, ...METEORITE);
  expect(new Set(storiesOf(newsroom, "f1", "f2", "f3")).size).toBe(1);
  expect(new Set(storiesOf(newsroom, "m1", "m2")).size).toBe(1);
  expect(storiesOf(newsroom, "f1")).not.toEqual(storiesOf(newsroom, "m1"));
  return newsroom;
}

test("corrections between two languages, noted while no desk ran, break nothing", () => {
  const newsroom = new Newsroom();
  newsroom.tell(
    ...[
      "Storm hits coast of Florida overnight",
      "Central bank raises rates again",
      "Museum opens new wing downtown",
    ].map((title) => ({ title, language: "en" })),
    { id: "e1", title: "Chancellor meets president in Paris for crisis talks", language: "en" },
    { id: "e2", title: "Bread prices rise after failed harvest", language: "en" },
    { id: "f", title: "Vulkan auf Island speit Asche und Lava" },
    { id: "g", title: "Nobelpreis für Chemie geht an zwei Forscherinnen" },
  );
  const [e1, e2, f, g] = [
    storyOf(newsroom, "e1"),
    storyOf(newsroom, "e2"),
    storyOf(newsroom, "f"),
    storyOf(newsroom, "g"),
  ];

  correct(newsroom, { kind: "merge", from: e1, into: e2 });
  correct(newsroom, { kind: "merge", from: f, into: e1 });
  correct(newsroom, { kind: "merge", from: e1, into: g });

  expect(newsroom.tell({ id: "next", title: "Imker beklagen nasses Frühjahr", hour: 3 })).toEqual(["next"]);
});

describe("an editor who merges two stories", () => {
  test("moves all items of the one into the other, whose names stay", () => {
    const newsroom = ferryAndMeteorite();
    const into = storyOf(newsroom, "f1", "f2", "f3");
    const from = storyOf(newsroom, "m1", "m2");

    const { aliases } = correct(newsroom, { kind: "merge", from, into });

    expect(storiesOf(newsroom, "m1", "m2", "f1")).toEqual([into.id, into.id, into.id]);
    expect(newsroom.on(itemId("m1")).storyIri).toBe(into.iri);
    expect(aliases).toEqual([{ from: from.id, into: into.id }]);
    expect(newsroom.reason(itemId("m1"), "story")).toMatchObject({ rule: "editor", evidence: { by: "Frieda" } });
  });

  test("and splits them again gives the second its own name back; merged once more all is as after the first merge", () => {
    const newsroom = ferryAndMeteorite();
    const into = storyOf(newsroom, "f1", "f2", "f3");
    const from = storyOf(newsroom, "m1", "m2");
    correct(newsroom, { kind: "merge", from, into });
    const merged = [...FERRY, ...METEORITE].map(({ id }) => newsroom.on(itemId(id)));

    const { revived } = correct(newsroom, split(into, "m1", "m2"));
    expect(storyOf(newsroom, "m1", "m2")).toEqual(from);
    expect(revived).toEqual([from.id]);
    correct(newsroom, { kind: "merge", from, into });

    expect([...FERRY, ...METEORITE].map(({ id }) => newsroom.on(itemId(id)))).toEqual(merged);
  });

  test("reaches a story that the desk has let go of: its items move and its name leads on", () => {
    const newsroom = ferryAndMeteorite();
    const from = storyOf(newsroom, "m1", "m2");
    newsroom.tell({ id: "late", title: "Orgel der Marienkirche verstummt nach Brand", hour: 100 });
    const into = storyOf(newsroom, "late");

    const { moved, aliases } = correct(newsroom, { kind: "merge", from, into }, 101);

    expect(moved.map(({ item, story }) => [item, story])).toEqual([
      ["m1", into.id],
      ["m2", into.id],
    ]);
    expect(aliases).toEqual([{ from: from.id, into: into.id }]);
  });

  test("may go on with a living story under the name of an ended one", () => {
    const newsroom = ferryAndMeteorite();
    const into = storyOf(newsroom, "m1", "m2");
    newsroom.tell({ id: "late", title: "Orgel der Marienkirche verstummt nach Brand", hour: 100 });
    correct(newsroom, { kind: "merge", from: storyOf(newsroom, "late"), into }, 101);

    newsroom.tell({ id: "next", title: "Brand in der Marienkirche: Orgel verstummt", publisher: "bote", hour: 102 });

    expect(storiesOf(newsroom, "late", "next")).toEqual([into.id, into.id]);
    expect(newsroom.on(itemId("next")).storyIri).toBe(into.iri);
  });

  test("and a third into the first, noted before a desk took up either, finds where that is told now", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "o1", title: "Orgel der Marienkirche verstummt nach Brand" });
    const [organ, meteorite, into] = [storyOf(newsroom, "o1"), storyOf(newsroom, "m1", "m2"), storyOf(newsroom, "f1")];
    correct(newsroom, { kind: "merge", from: meteorite, into });

    const { aliases } = correct(newsroom, { kind: "merge", from: organ, into: meteorite });

    expect(storiesOf(newsroom, "o1", "m1")).toEqual([into.id, into.id]);
    expect(aliases).toEqual([{ from: organ.id, into: into.id }]);
    correct(newsroom, split(meteorite, "m1", "m2"));
    expect(storyOf(newsroom, "m1", "m2")).toEqual(meteorite);
  });

  test("does not join two languages", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "e1", title: "Ferry runs aground off Amrum in thick fog", language: "en" });
    const outcome = correct(newsroom, {
      kind: "merge",
      from: storyOf(newsroom, "e1"),
      into: storyOf(newsroom, "f1", "f2", "f3"),
    });

    expect(outcome).toEqual({ decisions: [], moved: [], aliases: [], withdrawn: [] });
  });
});

describe("an editor who splits a story", () => {
  test("gives the items a story of their own, which no likeness merges back", () => {
    const newsroom = ferryAndMeteorite();
    const from = storyOf(newsroom, "f1", "f2", "f3");
    correct(newsroom, split(from, "f2"));
    const [own] = storiesOf(newsroom, "f2");
    expect(own).not.toBe(from.id);
    expect(newsroom.on(itemId("f2")).storyIri).toBe("https://example.org/f2");

    const more = Array.from({ length: 16 }, (_, n) => ({
      id: `more${n}`,
      title: `Fähre Uthlande vor Amrum gestrandet: ${n + 2}. Stunde im Nebel`,
      publisher: `p${n}`,
      hour: 3 + n / 10,
    }));
    newsroom.tell(...more);

    expect(storiesOf(newsroom, "f2")).toEqual([own]);
    expect(storiesOf(newsroom, "f1")).toEqual([from.id]);
  });

  test("takes the copies along", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "f2b", title: FERRY[1]?.title ?? "", publisher: "zeitung" });
    expect(newsroom.on(itemId("f2b")).copyOf).toBe("f2");

    correct(newsroom, split(storyOf(newsroom, "f1", "f2", "f3", "f2b"), "f2"));

    expect(storiesOf(newsroom, "f2b")).toEqual(storiesOf(newsroom, "f2"));
  });

  test("takes the original along with its copy: the story keeps its names, whoever gave them", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "f1b", title: FERRY[0]?.title ?? "", publisher: "zeitung" });
    expect(newsroom.on(itemId("f1b")).copyOf).toBe("f1");
    const from = storyOf(newsroom, "f1", "f2", "f3", "f1b");
    expect(from.iri).toBe("https://example.org/f1");

    correct(newsroom, split(from, "f1", "f1b"));

    const own = storyOf(newsroom, "f1", "f1b");
    expect(storyOf(newsroom, "f2", "f3")).toMatchObject({ id: from.id, iri: from.iri });
    expect(storiesOf(newsroom, "f1b")).toEqual([own.id]);
    expect([own.id, own.iri]).not.toEqual(expect.arrayContaining([from.id]));
    expect(own.iri).not.toBe(from.iri);

    correct(newsroom, { kind: "merge", from: own, into: storyOf(newsroom, "m1", "m2") });
    correct(newsroom, split(storyOf(newsroom, "m1", "m2", "f1", "f1b"), "f1"));
    expect(storyOf(newsroom, "f1", "f1b")).toEqual(own);
  });

  test("changes nothing where all of the story is named, or none of it", () => {
    const newsroom = ferryAndMeteorite();
    const from = storyOf(newsroom, "f1", "f2", "f3");

    expect(correct(newsroom, split(from, "f1", "f2", "f3")).moved).toEqual([]);
    expect(correct(newsroom, split(from, "m1")).moved).toEqual([]);
    expect(correct(newsroom, split(from, "nobody")).moved).toEqual([]);
  });
});

describe("an editor who moves an item", () => {
  test("takes it out of its story into another, and what is like it follows", () => {
    const newsroom = ferryAndMeteorite();
    correct(newsroom, { kind: "move", items: [itemId("f3")], into: storyOf(newsroom, "m1", "m2") });

    expect(storiesOf(newsroom, "f3")).toEqual(storiesOf(newsroom, "m1"));
    expect(storiesOf(newsroom, "f1")).not.toEqual(storiesOf(newsroom, "m1"));
  });

  test("takes the last of a story: its name leads on, and comes back when the item is split off again", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "o1", title: "Orgel der Marienkirche verstummt nach Brand" });
    const [from, into] = [storyOf(newsroom, "o1"), storyOf(newsroom, "m1", "m2")];

    const { aliases } = correct(newsroom, { kind: "move", items: from.items, from: [from], into });
    expect(aliases).toEqual([{ from: from.id, into: into.id }]);
    expect(newsroom.desk.tells(from.id)).toBe(true);

    const { revived } = correct(newsroom, split(storyOf(newsroom, "m1", "m2", "o1"), "o1"));
    expect(revived).toEqual([from.id]);
    expect(storyOf(newsroom, "o1")).toEqual(from);
  });

  test("takes the last of a story that has absorbed another: both names lead on", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "o1", title: "Orgel der Marienkirche verstummt nach Brand" });
    const [organ, from, into] = [storyOf(newsroom, "o1"), storyOf(newsroom, "m1", "m2"), storyOf(newsroom, "f1")];
    correct(newsroom, { kind: "merge", from: organ, into: from });

    const { aliases } = correct(newsroom, { kind: "move", items: ["m1", "m2", "o1"].map(itemId), into });

    expect(aliases).toEqual([{ from: from.id, into: into.id }]);
    correct(newsroom, split(storyOf(newsroom, "f1", "f2", "f3", "m1", "m2", "o1"), "o1"));
    expect(storyOf(newsroom, "o1")).toEqual(organ);
  });

  test("takes all of a story that the desk has let go of: its name leads on, and comes back", () => {
    const newsroom = ferryAndMeteorite();
    const from = storyOf(newsroom, "m1", "m2");
    newsroom.tell({ id: "late", title: "Orgel der Marienkirche verstummt nach Brand", hour: 100 });
    const into = storyOf(newsroom, "late");
    const one: Correction = { kind: "move", items: [itemId("m1")], from: [from], into };
    expect(correct(newsroom, one, 101).aliases).toEqual([]);

    const rest: Correction = { kind: "move", items: [itemId("m2")], from: [storyOf(newsroom, "m2")], into };
    expect(correct(newsroom, rest, 101).aliases).toEqual([{ from: from.id, into: into.id }]);

    const { revived } = correct(newsroom, split(storyOf(newsroom, "late", "m1", "m2"), "m1", "m2"), 101);
    expect(revived).toEqual([from.id]);
    expect(storyOf(newsroom, "m1", "m2")).toEqual(from);
  });

  test("leaves a story its address as long as the archive still has an item of it", () => {
    const newsroom = ferryAndMeteorite();
    newsroom.tell({ id: "m3", title: "Meteorit von Nördlingen: Forscher im Maisfeld", publisher: "zeitung", hour: 60 });
    expect(storiesOf(newsroom, "m3")).toEqual(storiesOf(newsroom, "m1"));
    newsroom.tell({ id: "late", title: "Orgel der Marienkirche verstummt nach Brand", hour: 90 });
    const from = storyOf(newsroom, "m1", "m2", "m3");
    const into = storyOf(newsroom, "late");

    const last: Correction = { kind: "move", items: [itemId("m3")], from: [from], into };
    expect(correct(newsroom, last, 91).aliases).toEqual([]);
  });

  test("does the same as one who merges, where all items are named", () => {
    const words = fc.array(fc.constantFrom("Fähre", "Amrum", "Meteorit", "Orgel", "Nebel"), { minLength: 3 });
    const arrivals = fc.array(fc.record({ words, hour: fc.constantFrom(0, 30, 80) }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(arrivals, fc.nat(), (sketches, nth) => {
        const ordered = sketches.toSorted((a, b) => a.hour - b.hour);
        const tell = () => {
          const newsroom = new Newsroom();
          newsroom.tell(
            ...ordered.map(({ words: all, hour }, n) => ({ id: `n${n}`, title: `${all.join(" ")} im Norden`, hour })),
          );
          return newsroom;
        };
        const [merging, moving] = [tell(), tell()];
        const told = Map.groupBy(
          ordered.keys().map((n) => `n${n}`),
          (id) => merging.on(itemId(id)).story,
        );
        const refs = [...told.values()].map((items) => storyOf(merging, ...items));
        const [from, into] = [refs[nth % refs.length], refs[(nth + 1) % refs.length]];
        if (from === undefined || into === undefined || from === into) return;

        const merged = correct(merging, { kind: "merge", from, into }, 81);
        const moved = correct(moving, { kind: "move", items: from.items, from: [from], into }, 81);

        expect(new Set(moved.moved)).toEqual(new Set(merged.moved));
        expect(moved.aliases).toEqual(merged.aliases);
        const both = { ...into, items: [...into.items, ...from.items] };
        for (const newsroom of [merging, moving]) {
          correct(newsroom, split(both, ...from.items), 81);
          expect(storyOf(newsroom, ...from.items).id).toBe(from.id);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("an editor who lets an item lead", () => {
  test("marks it alone, until another is let lead or it is withdrawn", () => {
    const newsroom = ferryAndMeteorite();
    correct(newsroom, { kind: "lead", item: itemId("f2") });
    expect(newsroom.on(itemId("f2")).leads).toBe(true);
    expect(newsroom.on(itemId("f2")).reasons).toContainEqual(
      expect.objectContaining({ about: "story", rule: "lead", evidence: { by: "Frieda" } }),
    );

    correct(newsroom, { kind: "lead", item: itemId("f3") });
    expect(newsroom.on(itemId("f2")).leads).toBeUndefined();
    expect(newsroom.on(itemId("f3")).leads).toBe(true);
  });
});

describe("an editor who files an item", () => {
  test("is not overruled by the publisher's next revision, and teaches the desk", () => {
    const newsroom = new Newsroom();
    newsroom.tell({ id: "a", title: "Ein Titel ohne jedes Ressort", url: "https://kurier.example/sport/a" });
    expect(newsroom.on(itemId("a")).section).toBe("sport");

    correct(newsroom, { kind: "file", items: [itemId("a")], section: "kultur" as SectionId });
    expect(newsroom.on(itemId("a")).section).toBe("kultur");
    const item = {
      ...itemOf({ id: "a", title: "Ein neuer Titel", url: "https://kurier.example/sport/a" }),
      revision: 1,
    };
    newsroom.take({ kind: "revised", item });

    expect(newsroom.on(itemId("a")).section).toBe("kultur");
    expect(newsroom.reason(itemId("a"), "section")).toMatchObject({ rule: "editor" });
  });
});

test("corrections survive putting the desk away: the restored desk decides as the steady one", () => {
  const steady = ferryAndMeteorite();
  const into = storyOf(steady, "f1", "f2", "f3");
  correct(steady, split(into, "f2"));
  correct(steady, { kind: "lead", item: itemId("f3") });
  const again = restoreDesk(SETTINGS, steady.desk.snapshot()) ?? openDesk(SETTINGS);
  const entries = Array.from({ length: 12 }, (_, n) => ({
    kind: "new" as const,
    item: itemOf({ id: `n${n}` as ItemId, title: `Fähre Uthlande vor Amrum: Nebel und ${n} Schlepper`, hour: 3 }),
  }));

  for (const entry of entries) expect(again.take(entry)).toEqual(steady.desk.take(entry));
  expect([...again.snapshot()]).toEqual([...steady.desk.snapshot()]);
});

test("whatever editors do, every item is in one story, and a desk that was put away decides the same", () => {
  const action = fc.record({
    kind: fc.constantFrom("new", "new", "new", "split", "move", "merge", "lead", "file", "withdrawn"),
    a: fc.nat(11),
    b: fc.nat(11),
    words: fc.array(fc.constantFrom("Fähre", "Amrum", "Meteorit", "Orgel", "Nebel"), { minLength: 3, maxLength: 5 }),
    wait: fc.constantFrom(0, 1, 30),
  });
  fc.assert(
    fc.property(fc.array(action, { minLength: 5, maxLength: 40 }), (actions) => {
      const newsroom = new Newsroom();
      let twin = openDesk(SETTINGS);
      let hour = 0;
      const known = new Map<string, StoryRef>();
      const gone = new Set<string>();
      for (const { kind, a, b, words, wait } of actions) {
        hour += wait;
        const [one, other] = [known.get(`n${a}`), known.get(`n${b}`)];
        const entry = entryOf(kind, { a, words, hour, one, other });
        if (entry === undefined) continue;
        const outcome = newsroom.take(entry);
        expect(twin.take(entry)).toEqual(outcome);
        for (const id of outcome.withdrawn) gone.add(id);
        if (entry.kind === "new") gone.delete(entry.item.id);
        for (let n = 0; n < 12; n++) {
          const id = itemId(`n${n}`);
          if (!gone.has(id) && newsroom.knows(id)) known.set(id, storyOf(newsroom, id));
          else known.delete(id);
        }
        const names = new Map([...known.values()].map((ref) => [ref.id, ref.iri]));
        expect(new Set(names.values()).size).toBe(names.size);
        twin = restoreDesk(SETTINGS, twin.snapshot()) ?? twin;
      }
      expect([...twin.snapshot()]).toEqual([...newsroom.desk.snapshot()]);
    }),
    { numRuns: 60 },
  );
});

function entryOf(
  kind: string,
  to: {
    readonly a: number;
    readonly words: readonly string[];
    readonly hour: number;
    readonly one: StoryRef | undefined;
    readonly other: StoryRef | undefined;
  },
): NewsEntry | undefined {
  const { a, words, hour, one, other } = to;
  const id = itemId(`n${a}`);
  const at = MORNING + hour * HOUR;
  if (kind === "new")
    return { kind, item: itemOf({ id, title: `${words.join(" ")} im Norden`, publisher: `p${a % 3}`, hour }) };
  if (one === undefined) return undefined;
  if (kind === "withdrawn") return { kind, item: id, at };
  const correction = correctionOf(kind, id, one, other);
  return correction && { kind: "corrected", correction, by: "Frieda", at };
}

function correctionOf(kind: string, id: ItemId, one: StoryRef, other: StoryRef | undefined): Correction | undefined {
  switch (kind) {
    case "split":
      return split(one, id);
    case "lead":
      return { kind, item: id };
    case "file":
      return { kind, items: [id], section: "kultur" as SectionId };
    case "move":
      return other && { kind, items: [id], from: [one], into: other };
    default:
      return other && { kind: "merge", from: one, into: other };
  }
}
