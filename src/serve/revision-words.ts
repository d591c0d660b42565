import type { RevisionRule, RevisionWeight } from "../model/revision.ts";

/** What pages say of changes that publishers made. */
export interface RevisionWords {
  readonly changes: string;
  readonly weights: Readonly<Record<RevisionWeight, string>>;
  readonly rules: Readonly<Record<RevisionRule, string>>;
  readonly parts: { readonly title: string; readonly teaser: string; readonly body: string };
  readonly bodyWords: (struck: number, inserted: number) => string;
  /** between words that were struck and inserted, for those who cannot see it */
  readonly struck: string;
  readonly inserted: string;
  readonly notice: string;
  readonly corrections: string;
  readonly correctionsOf: (topic: string) => string;
  readonly correctionsAbout: { readonly topic: string; readonly section: string };
  readonly withdrawn: string;
  readonly withdrawnBy: (publisher: string) => string;
}

const GERMAN: RevisionWords = {
  changes: "Was sich geändert hat",
  weights: { typo: "Kleinigkeit", update: "Aktualisiert", correction: "Korrigiert" },
  rules: {
    notice: "Die Quelle weist selbst auf einen Fehler hin",
    meaning: "Die Überschrift sagt jetzt etwas anderes",
    figures: "Zahlen wurden ersetzt",
    names: "Namen wurden ersetzt",
    words: "Wörter wurden ersetzt",
    live: "Stand, Zeit oder Spielstand ging weiter",
    added: "Text kam hinzu",
    reworded: "Mit anderen Worten gesagt",
    characters: "Nur wenige Zeichen, Satzzeichen oder Großschreibung",
  },
  parts: { title: "Überschrift", teaser: "Anriss", body: "Text" },
  bodyWords: (struck, inserted) => `${struck} Wörter gestrichen, ${inserted} eingefügt`,
  struck: "gestrichen",
  inserted: "eingefügt",
  notice: "Hinweis der Quelle",
  corrections: "Korrekturen",
  correctionsOf: (topic) => `Korrekturen: ${topic}`,
  correctionsAbout: {
    topic: "Was Quellen an Meldungen dieses Themas berichtigt haben.",
    section: "Was Quellen an Meldungen dieses Ressorts berichtigt haben.",
  },
  withdrawn: "Zurückgezogen",
  withdrawnBy: (publisher) => `${publisher} hat diese Meldung aus dem Angebot genommen.`,
};

const ENGLISH: RevisionWords = {
  changes: "What has changed",
  weights: { typo: "Slip of the pen", update: "Updated", correction: "Corrected" },
  rules: {
    notice: "The publisher says itself that something was wrong",
    meaning: "The title says something else now",
    figures: "Figures were replaced",
    names: "Names were replaced",
    words: "Words were replaced",
    live: "A ticker, a time or a score went on",
    added: "Text was added",
    reworded: "Said in other words",
    characters: "Only a few characters, punctuation or case",
  },
  parts: { title: "Title", teaser: "Teaser", body: "Text" },
  bodyWords: (struck, inserted) => `${struck} words struck, ${inserted} inserted`,
  struck: "struck",
  inserted: "inserted",
  notice: "The publisher's note",
  corrections: "Corrections",
  correctionsOf: (topic) => `Corrections: ${topic}`,
  correctionsAbout: {
    topic: "What publishers have put right in this topic's items.",
    section: "What publishers have put right in this section's items.",
  },
  withdrawn: "Withdrawn",
  withdrawnBy: (publisher) => `${publisher} has taken this item out.`,
};

/** `language` as pages have it: what is not German is English. */
export const revisionWords = (language: string): RevisionWords => (/^de\b/i.test(language) ? GERMAN : ENGLISH);
