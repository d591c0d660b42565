/** Why a lead leads, for people, without a full stop. */
export interface LeadWords {
  readonly editor: (who: string) => string;
  readonly rank: (who: string, rank: number) => string;
  readonly own: (who: string, source: string) => string;
  readonly original: (who: string) => string;
  readonly teaser: (who: string) => string;
  readonly first: (who: string) => string;
  readonly together: (who: string) => string;
  readonly alone: (who: string) => string;
  readonly onlyMatch: (who: string) => string;
  readonly others: (count: number) => string;
}

const ENGLISH: LeadWords = {
  editor: (who) => `the editors let ${who} speak`,
  rank: (who, rank) => `${who} speaks first here (rank ${rank})`,
  own: (who, source) => `${who} tells it in its own words, others reprint ${source}`,
  original: (who) => `${who} has the original`,
  teaser: (who) => `${who} tells more than a title`,
  first: (who) => `${who} had it first`,
  together: (who) => `${who} and others had it at the same time`,
  alone: (who) => `only ${who} tells it`,
  onlyMatch: (who) => `only ${who} matches this topic`,
  others: (count) => (count === 1 ? "1 other tells it too" : `${count} others tell it too`),
};

const GERMAN: LeadWords = {
  editor: (who) => `die Redaktion lässt ${who} sprechen`,
  rank: (who, rank) => `${who} spricht hier zuerst (Rang ${rank})`,
  own: (who, source) => `${who} erzählt selbst, andere drucken ${source} nach`,
  original: (who) => `${who} hat das Original`,
  teaser: (who) => `${who} sagt mehr als eine Überschrift`,
  first: (who) => `${who} hatte es zuerst`,
  together: (who) => `${who} und andere hatten es zur selben Zeit`,
  alone: (who) => `nur ${who} berichtet`,
  onlyMatch: (who) => `nur ${who} passt zu diesem Thema`,
  others: (count) => (count === 1 ? "ein weiterer berichtet auch" : `${count} weitere berichten auch`),
};

/** In the topic's language, English for those that we do not speak. */
export function leadWords(language: string): LeadWords {
  return language.toLowerCase().startsWith("de") ? GERMAN : ENGLISH;
}
