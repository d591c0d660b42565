import type { QueryHint } from "../model/query-hint.ts";
import type { QueryMistake } from "../model/query-mistake.ts";

/** What is wrong with a query and what would be right. Nothing for a rule of another version of Ressort. */
export function germanMistake(mistake: QueryMistake): string | undefined {
  switch (mistake.rule) {
    case "too-long":
      return `eine Suche hat höchstens ${mistake.most} Zeichen`;
    case "too-many-words":
      return `eine Suche hat höchstens ${mistake.most} Wörter`;
    case "too-deep":
      return `Klammern und NOT gehen höchstens ${mistake.most} tief`;
    case "empty":
      return "es fehlt, wonach gesucht wird, etwa „goldpreis“; „*“ findet alles";
    case "never-opened":
      return "diese Klammer wurde nie geöffnet";
    case "never-closed":
      return "diese Klammer wird nicht geschlossen";
    case "open-quote":
      return "dieses Anführungszeichen wird nicht geschlossen";
    case "no-text":
      return "hier fehlt ein Buchstabe oder eine Ziffer";
    case "no-address":
      return "hier fehlt ein Teil der Adresse";
    case "star":
      return "„*“ steht nur am Ende eines Wortanfangs, etwa „warnstreik*“";
    case "missing-after":
      return `nach „${mistake.word}“ fehlt etwas`;
    case "missing-before":
      return `vor „${mistake.word}“ fehlt etwas; klein geschrieben ist es ein Wort`;
    case "field-in-field":
      return `„${mistake.field}:“ kann nicht in den Klammern von „${mistake.outer}:“ stehen`;
    case "short-beginning":
      return `„${mistake.beginning}*“ fände zu viel: vor dem „*“ mindestens ${mistake.letters} Buchstaben schreiben`;
    case "unknown-field":
      return unknownField(mistake);
    case "no-value":
      return `der Wert von „${mistake.field}:“ steht gleich hinter dem Doppelpunkt, ohne Leerzeichen${mistake.field.toLowerCase() === "within" ? ", etwa „within:24h“" : ""}`;
    case "no-id":
      if (mistake.near !== undefined)
        return `„${mistake.value}“ ist keine Kennung: gemeint war vielleicht „${mistake.near}“?`;
      return `„${mistake.value}“ ist keine Kennung: Kennungen haben nur a–z, 0–9 und „-“, etwa „welt-am-abend“`;
    case "no-language":
      return `„${mistake.value}“ ist keine Sprache: „de“, „en“ oder „de-at“ schreiben`;
    case "no-duration":
      return `„${mistake.value}“ ist keine Dauer: „30m“, „24h“, „7d“ oder „2w“ schreiben`;
    case "age-in-topic":
      return `„within:${mistake.value}“ zählt vom Augenblick der Suche, und ein Thema hat keinen: wie alt seine Nachrichten sein dürfen, sagt neben der Suche sein Zeitfenster, etwa „window: 24h“`;
    case "no-day":
      return `„${mistake.value}“ ist kein Tag: Jahr, Monat und Tag schreiben, etwa „2026-01-31“`;
    case "no-state":
      return `„is:“ kennt kein „${mistake.value}“: ${mistake.near === undefined ? `es gibt ${mistake.states}` : `gemeint war vielleicht „is:${mistake.near}“?`}`;
    case "no-comparison":
      if (mistake.near !== undefined)
        return `„${mistake.value}“ gibt es nicht; gemeint war vielleicht „${mistake.near}“?`;
      return `„${mistake.value}“ vergleicht nichts: „story.publishers>=3“ schreiben, auch mit >, =, <= oder <, ohne Leerzeichen`;
    case "unknown-name":
      return unknownName(mistake);
    case "topic-circle":
      return `ein Thema kann nicht nach sich selbst fragen: ${mistake.topics.join(" fragt nach ")}`;
    case "topics-too-deep":
      return `Themen, die nach Themen fragen, gehen höchstens ${mistake.most} tief`;
    case "topics-too-many-words":
      return `die genannten Themen haben zusammen höchstens ${mistake.most} Wörter`;
    case "bad-topic":
      return badTopic(mistake);
  }
}

/** What of a query was perhaps meant otherwise. */
export function germanHint(hint: QueryHint): string {
  switch (hint.rule) {
    case "no-operator":
      return `„${hint.written}“ ist hier kein Operator: Gemeint war vielleicht „${hint.meant}“?`;
    case "lonely-dash":
      return "„-“ steht gleich vor dem, was es ausschließt, ohne Leerzeichen: „-silber“";
  }
}

function unknownField({ field, near, fields }: Extract<QueryMistake, { rule: "unknown-field" }>): string {
  const hint = near === undefined ? `es gibt ${fields}.` : `gemeint war vielleicht „${near}:“?`;
  return `„${field}:“ ist kein Feld: ${hint} Wer den Text selbst sucht, setzt ihn in Anführungszeichen`;
}

/** What an id that is nobody's was to name. */
const KINDS = { section: "kein Ressort", publisher: "keine Quelle", feed: "keinen Feed", topic: "kein Thema" } as const;

function unknownName({ field, value, near, known }: Extract<QueryMistake, { rule: "unknown-name" }>): string {
  const others = known === undefined ? "" : `; es gibt ${known}`;
  return `es gibt ${KINDS[field]} „${value}“${near === undefined ? others : `; gemeint war vielleicht „${near}“?`}`;
}

function badTopic({ topic, mistake }: Extract<QueryMistake, { rule: "bad-topic" }>): string {
  const why = germanMistake(mistake);
  return `die Suche des Themas „${topic}“ hat einen Fehler${why === undefined ? "" : `: ${why}`}`;
}
