import { describe, expect, test } from "vitest";
import { openDesk, restoreDesk } from "../../src/desk/desk.ts";
import type { ItemId } from "../../src/model/ids.ts";
import { itemOf, MORNING, Newsroom, SETTINGS, type Sketch } from "./entries.ts";

const STRANDED: Sketch = {
  title: "Fähre Uthlande strandet vor Amrum",
  teaser: "Die Uthlande der Reederei Wyker Dampfschiff liegt auf einer Sandbank.",
};
const INQUIRY: Sketch = {
  title: "Seeamt untersucht Strandung der Uthlande",
  teaser: "Reederei Wyker Dampfschiff räumt Fehler des Kapitäns ein.",
};
const FIVE_DAYS = 120;

/** What is told every other day until then: a desk that hears nothing forgets a language. */
const meanwhile = (until: number): readonly Sketch[] =>
  Array.from({ length: Math.ceil(until / 48) }, (_, at) => ({
    title: "Orgel der Marienkirche verstummt nach Wasserschaden",
    hour: at * 48,
  }));

const storiesOf = (room: Newsroom, id: ItemId | undefined) => (room.on(id).related ?? []).map(({ story }) => story);

describe("a text that comes when an earlier story has long ended", () => {
  test("names it, with the words that both share", () => {
    // given a story of five days ago
    const room = new Newsroom();
    const [before] = room.tell(STRANDED, ...meanwhile(FIVE_DAYS));

    // when another is told of the same ship
    const [later] = room.tell({ ...INQUIRY, hour: FIVE_DAYS });

    // then it is a story of its own, and names the other
    expect(room.on(later).story).not.toBe(room.on(before).story);
    expect(room.on(later).related).toEqual([
      { story: room.on(before).story, shared: expect.arrayContaining(["Uthlande", "Reederei"]) },
    ]);
  });

  test("names it with its copies, and still when it is worded anew", () => {
    const room = new Newsroom();
    const [before] = room.tell(STRANDED, ...meanwhile(FIVE_DAYS));
    const [later, copy] = room.tell(
      { ...INQUIRY, id: "i", publisher: "a", hour: FIVE_DAYS },
      { ...INQUIRY, publisher: "b", hour: FIVE_DAYS },
    );

    room.take({ kind: "revised", item: itemOf({ id: "i", title: "Werft in Husum schließt", hour: FIVE_DAYS + 1 }) });

    expect(storiesOf(room, copy)).toEqual([room.on(before).story]);
    expect(storiesOf(room, later)).toEqual([room.on(before).story]);
  });

  test.each<readonly [string, Sketch, Sketch]>([
    [
      "only a name",
      { title: "Uthlande: Reeder ehrt Kapitän Petersen" },
      { title: "Gericht gibt Petersen im Streit um Grabplatte recht" },
    ],
    [
      "only the place and what happens every day",
      { title: "Scheune brennt in Nördlingen nieder", teaser: "Die Feuerwehr rettet Kühe." },
      { title: "Auto brennt in Nördlingen aus", teaser: "Die Feuerwehr löscht den Brand." },
    ],
    [
      "only its column",
      { title: "Wochenhoroskop für Skorpion: Das sagen Venus und Saturn" },
      { title: "Wochenhoroskop für Skorpion: Das sagen Venus und Merkur" },
    ],
    [
      "its whole headline: it is printed again",
      { title: "Dampfschiff Kaiserin Friederike kehrt nach Norderney zurück" },
      { title: "Dampfschiff Kaiserin Friederike kehrt nach Norderney zurück" },
    ],
  ])("names none that shares %s", (_, one, other) => {
    const room = new Newsroom();
    room.tell(one, ...meanwhile(FIVE_DAYS));

    const [later] = room.tell({ ...other, hour: FIVE_DAYS });

    expect(storiesOf(room, later)).toEqual([]);
  });

  test("names none of which nothing is left: it was withdrawn", () => {
    const room = new Newsroom();
    const [before = "" as ItemId] = room.tell(STRANDED);
    room.take({ kind: "withdrawn", item: before, at: MORNING });

    const [later] = room.tell(...meanwhile(FIVE_DAYS), { ...INQUIRY, hour: FIVE_DAYS }).slice(-1);

    expect(storiesOf(room, later)).toEqual([]);
  });

  test("names none, and is not named, where it is an advertisement", () => {
    const marks = ["sponsored"];
    const advertised = (earlier: readonly string[], later: readonly string[]) => {
      const room = new Newsroom();
      room.take({ kind: "new", item: { ...itemOf(STRANDED), marks: earlier } });
      room.tell(...meanwhile(FIVE_DAYS));
      const item = { ...itemOf({ ...INQUIRY, hour: FIVE_DAYS }), marks: later };
      room.take({ kind: "new", item });
      return storiesOf(room, item.id);
    };

    expect(advertised([], [])).toHaveLength(1);
    expect(advertised(marks, [])).toEqual([]);
    expect(advertised([], marks)).toEqual([]);
  });

  test.each([
    [29, 1],
    [31, 0],
  ])("%i days later names %i", (days, count) => {
    const room = new Newsroom();
    room.tell(STRANDED, ...meanwhile(days * 24));

    const [later] = room.tell({ ...INQUIRY, hour: days * 24 });

    expect(storiesOf(room, later)).toHaveLength(count);
  });

  test("names the same after the desk was put away and restored", () => {
    const room = new Newsroom();
    room.tell(STRANDED, ...meanwhile(FIVE_DAYS));
    const again = new Newsroom(restoreDesk(SETTINGS, room.desk.snapshot()) ?? openDesk(SETTINGS));

    const [steady, restored] = [room, again].map((one) => one.tell({ ...INQUIRY, id: "i", hour: FIVE_DAYS })[0]);

    expect(storiesOf(room, steady)).toHaveLength(1);
    expect(again.on(restored)).toEqual(room.on(steady));
  });
});

test("a chapter names the full story that it continues, first and without words", () => {
  // given more of one story than a story holds
  const room = new Newsroom();
  const teaser = "Der Meteorit von Nördlingen riss einen Krater im Ries, sagt die Sternwarte Violau.";
  const ids = Array.from({ length: 130 }, (_, at) =>
    room.tell({ title: `Bericht${at}`, teaser, hour: at / 10 }),
  ).flat();

  // then all that is told in the chapter leads to what came before
  const full = room.on(ids[0]).story;
  const inChapter = ids.map((id) => room.on(id)).filter(({ story }) => story !== full);
  expect(inChapter).toHaveLength(10);
  for (const { related = [] } of inChapter) expect(related[0]).toEqual({ story: full });
});

test("a story that became part of another is no longer named on its own", () => {
  // given a story that an editor has made part of another
  const room = new Newsroom();
  const [before, other] = room.tell(STRANDED, { title: "Lotsen auf Föhr warnen vor Sandbank Jungnamensand" });
  const refs = [before, other].map((id) => {
    const { story, storyIri } = room.on(id);
    return { id: story, iri: storyIri, items: id === undefined ? [] : [id] };
  });
  const [from, into] = refs;
  if (from === undefined || into === undefined) throw new Error("two stories were told");
  room.take({ kind: "corrected", correction: { kind: "merge", from, into }, by: "Petra", at: MORNING });

  // when a later text is about the first
  const [later] = room.tell(...meanwhile(FIVE_DAYS), { ...INQUIRY, hour: FIVE_DAYS }).slice(-1);

  // then it names the whole
  expect(storiesOf(room, later)).toEqual([into.id]);
});
