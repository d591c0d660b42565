import { expect, test } from "vitest";
import { openDesk } from "../../src/desk/desk.ts";
import { itemId, sectionId } from "../../src/model/ids.ts";
import type { Decision, NewsEntry } from "../../src/model/news.ts";
import { HOUR } from "../../src/model/time.ts";
import { itemOf, MORNING, Newsroom, SETTINGS, type Sketch } from "./entries.ts";

const SKETCHES: readonly Sketch[] = [
  { id: "f1", title: "Fähre Uthlande strandet vor Amrum im dichten Nebel", publisher: "kurier", hour: 0 },
  { id: "f2", title: "Gestrandete Fähre Uthlande vor Amrum: Passagiere warten im Nebel", publisher: "bote", hour: 1 },
  { id: "f3", title: "Fähre Uthlande strandet vor Amrum im dichten Nebel", publisher: "anzeiger", hour: 2 },
  { id: "m1", title: "Meteorit schlägt bei Nördlingen in ein Maisfeld ein", publisher: "kurier", hour: 3 },
  { id: "g1", title: "Goldpreis steigt auf Rekordhoch", publisher: "bote", hour: 4, feedSection: "finanzen" },
  { id: "g2", title: "Goldpreis steigt weiter: Rekordhoch an der Börse", publisher: "anzeiger", hour: 5 },
];
const ITEMS = SKETCHES.map((sketch) => itemOf(sketch));

/** An editor has merged the meteorite into the ferry, lets f2 speak and files the second gold item. */
function editedNewsroom(): Newsroom {
  const newsroom = new Newsroom();
  for (const item of ITEMS) newsroom.take({ kind: "new", item });
  const [ferry, meteorite] = [newsroom.on(itemId("f1")), newsroom.on(itemId("m1"))];
  const at = MORNING + 6 * HOUR;
  const by = "Frieda";
  const correct = (correction: Extract<NewsEntry, { kind: "corrected" }>["correction"]) =>
    newsroom.take({ kind: "corrected", correction, by, at });
  correct({ kind: "merge", from: ref(meteorite, "m1"), into: ref(ferry, "f1", "f2", "f3") });
  correct({ kind: "lead", item: itemId("f2") });
  correct({ kind: "file", items: [itemId("g2")], section: sectionId("panorama") });
  return newsroom;
}

const ref = ({ story: id, storyIri: iri }: Decision, ...items: readonly string[]) => ({
  id,
  iri,
  items: items.map((item) => itemId(item)),
});

test("a desk that adopts what another has placed decides the same of all of it, an editor's corrections too", () => {
  const newsroom = editedNewsroom();
  const adopting = openDesk(SETTINGS);

  adopting.adopt(ITEMS.map((item) => ({ item: item, decision: newsroom.on(item.id) })));

  for (const item of ITEMS) expect(adopting.take({ kind: "new", item }).decisions[0]).toEqual(newsroom.on(item.id));
  expect(adopting.size).toMatchObject({ items: ITEMS.length });
});

test("and what comes after goes where it would have gone: to the same texts and stories", () => {
  const newsroom = editedNewsroom();
  const adopting = openDesk(SETTINGS);
  adopting.adopt(ITEMS.map((item) => ({ item: item, decision: newsroom.on(item.id) })));
  const next = [
    { id: "f4", title: "Fähre Uthlande strandet vor Amrum im dichten Nebel", publisher: "zeitung", hour: 7 },
    {
      id: "m2",
      title: "Maisfeld bei Nördlingen: Meteorit schlägt ein, Forscher bergen ihn",
      publisher: "bote",
      hour: 8,
    },
  ].map((sketch) => itemOf(sketch));

  for (const item of next) {
    const { decisions } = adopting.take({ kind: "new", item });
    newsroom.take({ kind: "new", item });
    const { copyOf, story, storyIri } = newsroom.on(item.id);
    expect(decisions.find((decision) => decision.item === item.id)).toMatchObject({
      story,
      storyIri,
      ...(copyOf && { copyOf }),
    });
  }
});
