import { isPublicId, isWebAddress } from "./address.ts";
import { harmOf } from "./harm.ts";
import { inert } from "./inert.ts";
import { isLanguageTag } from "./language.ts";
import { isMediaType } from "./media-type.ts";
import { childrenOf, isElement, textOf, type XmlElement } from "./xml.ts";

/** As we write it: UTC, with what fraction of a second there may be. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?Z$/;

/** What is wrong with a document; `entry` says at which of its items, from 0, and is left out where the frame itself is wrong. */
export interface Fault {
  readonly entry?: number;
  readonly what: string;
}

/** A rule about one value: what is wrong with it, or nothing. */
export type Rule = (value: string | undefined) => readonly string[];

export const anAddress: Rule = (value) => unless(isWebAddress(value), "is no absolute http(s) address", value);
export const anId: Rule = (value) => unless(value !== undefined && isPublicId(value), "is no canonical URI", value);
export const aMediaType: Rule = (value) => unless(isMediaType(value), "is no media type", value);
export const aCount: Rule = (value) => unless(/^\d+$/.test(value ?? ""), "is no count", value);
export const said: Rule = (value) => unless((value ?? "").trim() !== "", "is blank", value);
/** What nobody takes for HTML. */
export const plain: Rule = (value = "") => [
  ...said(value),
  ...unless(inert(value) === value, "is HTML to some", value),
];
export const harmless: Rule = (value) => harmOf(value ?? "").map((harm) => `holds ${harm}`);
export const anRfc822Date: Rule = (value) => unless(isRfc822(value), "is no RFC 822 date", value);
export const anRfc3339Date: Rule = (value) => unless(isRfc3339(value), "is no RFC 3339 date", value);
export const aLanguage: Rule = (value) => unless(isLanguageTag(value), "is no language", value);
export const anything: Rule = () => [];

export interface Demand {
  readonly least?: number;
  readonly most?: number;
}
export const ONCE: Demand = { least: 1, most: 1 };
export const AT_MOST_ONCE: Demand = { most: 1 };
export const SOME: Demand = { least: 1 };
export const ANY: Demand = {};

/** How often a child must stand, and what its text must be. */
export function textRule(
  parent: XmlElement,
  name: string,
  { least = 0, most = Infinity }: Demand,
  rule: Rule,
): readonly string[] {
  const found = childrenOf(parent, name);
  const count = found.length < least || found.length > most ? [`${found.length} <${name}> in <${parent.name}>`] : [];
  return [...count, ...found.flatMap((child) => rule(textOf(child)).map((wrong) => `<${name}> ${wrong}`))];
}

/** What the attributes of every such child must be; a rule sees undefined where the attribute is missing. */
export function attributeRules(
  parent: XmlElement,
  name: string,
  rules: Readonly<Record<string, Rule>>,
): readonly string[] {
  return childrenOf(parent, name).flatMap(({ attributes }) =>
    Object.entries(rules).flatMap(([key, rule]) => rule(attributes[key]).map((wrong) => `<${name} ${key}> ${wrong}`)),
  );
}

/** Elements of the format's own that it does not know, or not here; those of other vocabularies have a prefix. */
export function onlyKnown(parent: XmlElement, known: string): readonly string[] {
  const names = new Set(known.split(" "));
  const strangers = parent.children.filter(isElement).filter(({ name }) => !name.includes(":") && !names.has(name));
  return strangers.map(({ name }) => `<${name}> in <${parent.name}>`);
}

/** RFC 5005. */
export const PAGING: readonly string[] = [
  "current",
  "first",
  "last",
  "next",
  "next-archive",
  "prev-archive",
  "previous",
];

/** Links of one kind, each by its `rel`, to one place at the most. */
export function oneLinkEach(parent: XmlElement, name: string, kinds: readonly string[]): readonly string[] {
  const rels = childrenOf(parent, name).map(({ attributes }) => attributes["rel"] ?? "alternate");
  return kinds.flatMap((kind) => {
    const count = rels.filter((rel) => rel === kind).length;
    return count > 1 ? [`${count} links to its ${kind}`] : [];
  });
}

/** RFC 5005 4: an archive says so, and leads to what is current. */
export function archiveFaults(parent: XmlElement, link: string): readonly string[] {
  const rels = childrenOf(parent, link).map(({ attributes }) => attributes["rel"]);
  const isArchive = childrenOf(parent, "fh:archive").length > 0;
  const wrong = isArchive ? "an archive without a link to its current document" : "a link to itself as current";
  return [
    ...textRule(parent, "fh:archive", AT_MOST_ONCE, anything),
    ...(isArchive === rels.includes("current") ? [] : [wrong]),
  ];
}

export function optional(rule: Rule): Rule {
  return (value) => (value === undefined ? [] : rule(value));
}

export function oneSelfLink(parent: XmlElement, name: string): readonly string[] {
  const selves = childrenOf(parent, name).filter(({ attributes }) => attributes["rel"] === "self");
  return selves.length === 1 ? [] : [`${selves.length} links to itself`];
}

/** The places at which an id stands that stood before. */
export function repeated(ids: readonly (string | undefined)[]): readonly number[] {
  const seen = new Set<string>();
  return ids.flatMap((id, place) => (id === undefined || seen.size < seen.add(id).size ? [] : [place]));
}

export function unless(fine: boolean, wrong: string, value?: string): readonly string[] {
  return fine ? [] : [value === undefined ? wrong : `${wrong}: ${JSON.stringify(value.slice(0, 100))}`];
}

/** As we write it: four digits of the year, GMT, the weekday that it was. */
function isRfc822(value: string | undefined): boolean {
  return value !== undefined && value === dateOf(value)?.toUTCString() && /\b\d{4}\b/.test(value);
}

/** Date.parse takes February for as long as any other month. */
function isRfc3339(value: string | undefined): boolean {
  const [, second] = RFC_3339.exec(value ?? "") ?? [];
  return second !== undefined && dateOf(`${second}Z`)?.toISOString().startsWith(second) === true;
}

function dateOf(value: string): Date | undefined {
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : new Date(instant);
}
