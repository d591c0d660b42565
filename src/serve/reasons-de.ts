import type { Reason } from "../model/news.ts";

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
    first: "nichts Ähnliches wurde in den letzten drei Tagen berichtet",
    centroid: "erzählt, was die anderen Meldungen der Nachricht erzählen",
    "own-headline": "dieselbe Überschrift der Quelle auf einer anderen ihrer Seiten",
    "wire-update": "die neue Fassung derselben Agenturmeldung",
    "near-title": "eine sehr ähnliche Überschrift",
    chapter: "die lange Nachricht davor ist voll, hier beginnt ihr nächstes Kapitel",
  },
  section: {
    "feed-section": "der Betreiber hat den ganzen Feed hier eingeordnet",
    category: "das Schlagwort der Quelle",
    "url-path": "die Adresse der Seite nennt das Ressort",
    "section-word": "der Name des Ressorts stand vor dem Titel",
    copies: "andere Quellen haben denselben Text hier eingeordnet",
    story: "die meisten anderen Meldungen der Nachricht stehen hier",
    text: "liest sich wie die Meldungen dieses Ressorts",
  },
};
