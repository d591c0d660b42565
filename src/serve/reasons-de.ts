import type { Reason } from "../model/news.ts";
import type { PollReason } from "../model/poll-reason.ts";
import type { Duration } from "../model/time.ts";
import { spanOf } from "./span.ts";

/** The desk says its reasons in English; these are its rules in German, by what they are about. */
export const GERMAN_REASONS: Readonly<Record<Reason["about"], Readonly<Record<string, string>>>> = {
  copy: {
    permalink: "dieselbe Seite in einem anderen Feed der Quelle",
    "wire-id": "dieselbe Nummer der Agentur in der Adresse",
    "title-key": "dieselbe Überschrift ohne Dachzeile",
    "near-text": "fast dieselbe Überschrift",
  },
  story: {
    copy: "eine Kopie gehört zur Nachricht ihres Originals",
    first: "nichts, was ähnlich genug wäre, wurde in den letzten drei Tagen berichtet",
    centroid: "erzählt, was die anderen Meldungen der Nachricht erzählen",
    "own-headline": "dieselbe Überschrift der Quelle auf einer anderen ihrer Seiten",
    "wire-update": "die neue Fassung derselben Agenturmeldung",
    "near-title": "eine sehr ähnliche Überschrift",
    late: "älter als das, worauf zurückgeblickt wird: steht für sich",
    editor: "die Redaktion hat es so entschieden",
    lead: "die Redaktion lässt diese Meldung für die Nachricht sprechen",
    chapter: "die lange Nachricht davor ist voll, hier beginnt ihr nächstes Kapitel",
  },
  section: {
    editor: "die Redaktion hat es hier eingeordnet",
    "feed-section": "der Betreiber hat den ganzen Feed hier eingeordnet",
    category: "das Schlagwort der Quelle",
    "url-path": "die Adresse der Seite nennt das Ressort",
    "section-word": "der Name des Ressorts stand vor dem Titel",
    copies: "andere Quellen haben denselben Text hier eingeordnet",
    story: "die meisten anderen Meldungen der Nachricht stehen hier",
    text: "liest sich wie die Meldungen dieses Ressorts",
  },
};

const span = (duration: Duration): string => spanOf(duration, "de-DE");

/** Why a feed is polled when it is. Nothing for a rule of another version of Ressort. */
export function germanPollReason(reason: PollReason): string | undefined {
  switch (reason.rule) {
    case "budget":
      return `etwa alle ${span(reason.every)} eine Meldung, nach dem Abrufbudget`;
    case "busy-hours":
      return "früher, denn um diese Zeit kommt meist etwas";
    case "slow-hours":
      return "später, denn um diese Zeit kommt selten etwas";
    case "min-interval":
      return `nicht öfter als alle ${span(reason.length)}`;
    case "max-interval":
      return `mindestens alle ${span(reason.length)}`;
    case "courtesy":
      return `höchstens alle ${span(reason.length)}, denn die Quelle bittet nicht um mehr`;
    case "no-validators":
      return `alle ${span(reason.length)}, denn der Server schickt weder ETag noch Last-Modified`;
    case "turnover":
      return `seine ${reason.items} Meldungen wechseln binnen ${span(reason.within)}`;
    case "pushed":
      return "nur zur Kontrolle, denn ein Hub bringt die Meldungen";
    case "max-age":
    case "retry-after":
    case "ttl":
    case "update-period":
      return reason.isShorter === true
        ? `${reason.rule}: ${span(reason.length)}, das ist nicht länger`
        : `die Quelle bittet um ${span(reason.length)} (${reason.rule})`;
    case "skipped-hours":
      return "nach den Stunden, die der Feed auslässt";
    case "challenge":
      return "eine Bot-Prüfung steht vor dem Feed";
    case "refused":
    case "throttled":
      return `Status ${reason.status}, ${failures(reason)}`;
    case "missing":
      return `Status 404, ${failures(reason)}`;
    case "dead":
      return `Status 404 seit mehr als einem Monat, ${failures(reason)}`;
    case "gone":
      return `Status 410, ${failures(reason)}`;
    case "no-answer":
      return `der Server ist nicht zu erreichen, ${failures(reason)}`;
    case "back-off":
      return `mit jedem Fehlschlag später: ${failures(reason)}`;
  }
}

const failures = ({ failures: count }: { readonly failures: number }): string =>
  count === 1 ? "1 Fehlschlag" : `${count} Fehlschläge in Folge`;
