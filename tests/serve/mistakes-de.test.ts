import { expect, test } from "vitest";
import { hintsOf, parseQuery, TOPIC_LIMITS } from "../../src/query/query.ts";
import { germanHint, germanMistake } from "../../src/serve/mistakes-de.ts";

const NAMES = {
  sections: new Set(["politik", "sport"]),
  publishers: new Set(["abendblatt"]),
  feeds: new Set(["abendblatt-alles"]),
  topics: new Map([
    ["ring", "topic:kreis"],
    ["kreis", "topic:ring"],
    ["kaputt", 'gold "silber'],
    ["kette", "topic:kette-1"],
    ...Array.from({ length: 10 }, (_, n) => [`kette-${n + 1}`, `topic:kette-${n + 2}`] as const),
    ["lang", Array.from({ length: 150 }, (_, n) => `w${n}`).join(" ")],
    ["zu-lang", "topic:lang ".repeat(7)],
  ]),
};

test.each([
  ["section:poltik", "es gibt kein Ressort „poltik“; gemeint war vielleicht „politik“?"],
  ["section:wetter", "es gibt kein Ressort „wetter“; es gibt politik, sport"],
  ["publisher:abendblat", "es gibt keine Quelle „abendblat“; gemeint war vielleicht „abendblatt“?"],
  ["feed:abendblatt-ales", "es gibt keinen Feed „abendblatt-ales“; gemeint war vielleicht „abendblatt-alles“?"],
  ["topic:rinc", "es gibt kein Thema „rinc“; gemeint war vielleicht „ring“?"],
  ["topic:ring", "ein Thema kann nicht nach sich selbst fragen: ring fragt nach kreis fragt nach ring"],
  ["topic:kette", "Themen, die nach Themen fragen, gehen höchstens 8 tief"],
  ["topic:zu-lang", "die genannten Themen haben zusammen höchstens 1000 Wörter"],
  ["topic:kaputt", "die Suche des Themas „kaputt“ hat einen Fehler: dieses Anführungszeichen wird nicht geschlossen"],
  ["is:leed", "„is:“ kennt kein „leed“: gemeint war vielleicht „is:lead“?"],
  ["is:schön", "„is:“ kennt kein „schön“: es gibt revised, copy, lead"],
  ["story.publishers", "„story.publishers“ vergleicht nichts: „story.publishers>=3“ schreiben"],
  ["story.publisher>=5", "gemeint war vielleicht „story.publishers>=5“?"],
  ["gold within:7d", "zählt vom Augenblick der Suche, und ein Thema hat keinen"],
  ['publisher:"Abendblatt & Co"', "„Abendblatt & Co“ ist keine Kennung: gemeint war vielleicht „abendblatt“?"],
  ["farbe:rot", "topic, story.publishers"],
])("what is wrong with %s is said in German", (query, words) => {
  const parsed = parseQuery(query, TOPIC_LIMITS, NAMES);

  expect(parsed.kind === "bad" && germanMistake(parsed.mistake)).toContain(words);
});

test.each([
  ["zins* ODER bank*", ["„ODER“ ist hier kein Operator: Gemeint war vielleicht „OR“?"]],
  ["gold -", ["„-“ steht gleich vor dem, was es ausschließt, ohne Leerzeichen: „-silber“"]],
])("what %s perhaps meant is said in German", (query, words) => {
  expect(hintsOf(query).map(germanHint)).toEqual(words);
});
