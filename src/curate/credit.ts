import type { Publisher } from "../model/feed.ts";
import type { PublisherId } from "../model/ids.ts";
import type { Item } from "../model/item.ts";

/** Whose text an item says it carries ("dpa", "Reuters", another publisher); undefined where it is its publisher's own. */
export type CreditOf = (item: Item) => string | undefined;

/** Reads credits in bylines, labels, datelines, at the ends of title and teaser, and in wire ids of addresses. */
export function creditReader(publishers: readonly Publisher[]): CreditOf {
  const byTitle = new Map(publishers.map(({ id, title }) => [folded(title), id]));
  const titles = new Map(publishers.map(({ id, title }) => [id, title]));
  return (item) => {
    const own = agencyIn(titles.get(item.publisher) ?? item.publisher);
    const isOther = (agency: string | undefined): agency is string => agency !== undefined && !isSame(agency, own);
    const named = sourcesNamed(item);
    return (
      named.map(agencyIn).find(isOther) ??
      named.find((source) => isAnother(byTitle.get(folded(source)), item.publisher)) ??
      [wireOf(item)].find(isOther)
    );
  };
}

/** An acronym counts as it is written by agencies, in capitals or small letters: "Sid" is a person. */
const AGENCIES: Readonly<Record<string, string>> = {
  dpa: "Deutsche Presse-Agentur",
  afp: "Agence France-Presse",
  ap: "Associated Press",
  apa: "Austria Presse Agentur",
  epd: "Evangelischer Pressedienst",
  kna: "Katholische Nachrichten-Agentur",
  sid: "Sport-Informations-Dienst",
  sda: "Keystone-SDA",
  rtr: "Reuters",
  upi: "United Press International",
  pti: "Press Trust of India",
  aap: "Australian Associated Press",
  ansa: "Agenzia Nazionale Stampa Associata",
  efe: "Agencia EFE",
};
const ACRONYMS = Object.keys(AGENCIES).flatMap((acronym) => [acronym, acronym.toUpperCase()]);
const AGENCY = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${ACRONYMS.join("|")}|(?i:${Object.values(AGENCIES).join("|")}))(?![\\p{L}\\p{N}])`,
  "u",
);

const agencyIn = (text: string): string | undefined => AGENCY.exec(text.slice(0, LONGEST))?.[0];

const isSame = (one: string, other: string | undefined): boolean =>
  other !== undefined && fullName(one) === fullName(other);

const fullName = (agency: string): string => folded(AGENCIES[folded(agency)] ?? agency);

const isAnother = (named: PublisherId | undefined, own: PublisherId): boolean => named !== undefined && named !== own;

const folded = (text: string): string => text.trim().toLowerCase();

/** Of a byline, a label, an end of a text: longer ones are no credits. */
const LONGEST = 120;
const MOST_NAMED = 10;

function sourcesNamed({ authors = [], categories = [], title, teaser = "" }: Item): readonly string[] {
  const bylines = authors.slice(0, MOST_NAMED).flatMap(({ name }) => name ?? []);
  const labels = categories.slice(0, MOST_NAMED).flatMap(({ term }) => (isLabel(term) ? term : []));
  return [...bylines, ...labels, ...dateline(teaser), ...lastWords(teaser), ...inBrackets(title)];
}

/** "dpa", "dpa-infocom": a label that says nothing else; "AP" may as well be Andhra Pradesh. */
function isLabel(term: string): boolean {
  const { length = 0 } = agencyIn(term) ?? {};
  return length > 2 && !/\s/.test(term.slice(length)) && agencyIn(term.slice(0, length)) !== undefined;
}

/** "Berlin (dpa) – Die …", "LOS ANGELES (Reuters) - …", "AP - …", "dpa – …", "Berlin/dpa – …" */
const DATELINE = /^([^–—]{2,60}?)\s?[–—-]{1,2}\s/u;
const PLACE_AND_AGENCY = /^[^()]{0,45}\(([^()]{2,40})\)$|^[\p{L}\s.]{0,30}\/([\p{L}/]{2,20})$|^([\p{L}/]{2,20})$/u;

function dateline(text: string): readonly string[] {
  const [, before = ""] = DATELINE.exec(text.slice(0, LONGEST).trimStart()) ?? [];
  return (PLACE_AND_AGENCY.exec(before.trim()) ?? []).slice(1, 4).filter((found) => found !== undefined);
}

/** "… (dpa/tmn)", "… – mit Material von dpa", "Quelle: Nordblatt" */
const CREDITED =
  /(?:Quellen?|Sources?|via):\s?|\bmit (?:Material|Informationen|Angaben) (?:von|der|des) |\bwith (?:material|reporting|information) (?:from|by) /iu;

function lastWords(text: string): readonly string[] {
  const end = text.slice(-LONGEST);
  const credited = CREDITED.exec(end);
  const after = credited === null ? [] : [bare(end.slice(credited.index + credited[0].length))];
  return [...inBrackets(end), ...after];
}

/** A photographer's agency took the picture. */
const PICTURE = /foto|photo|bild|image/iu;

/** What a text has in brackets at its very end. */
function inBrackets(text: string): readonly string[] {
  const end = text.slice(-LONGEST);
  const found = bare(end.slice(end.lastIndexOf("(") + 1));
  return end.includes("(") && /\)[\s.…]{0,5}$/.test(end) && !PICTURE.test(found) ? [found] : [];
}

const bare = (text: string): string => text.replace(/[\s.…)]{1,10}$/u, "");

/** dpa's NewsML ids, as publishers leave them in their addresses. */
const WIRE = /\burn-newsml-(dpa)-|[/.-](dpa)[.-]urn\b/i;

function wireOf({ permalink = "" }: Item): string | undefined {
  const [, newsml, dpa] = WIRE.exec(permalink) ?? [];
  return newsml ?? dpa;
}
