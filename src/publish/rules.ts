import { isIri, isWebAddress } from "./address.ts";
import { harmOf } from "./harm.ts";
import { isMediaType } from "./media-type.ts";
import { childrenOf, textOf, type XmlElement } from "./xml.ts";

/** RFC 822 as RSS has it: four-digit year, numeric zone or GMT. */
const RFC_822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} (?:GMT|[+-]\d{4})$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** What is wrong with a document; `entry` says at which of its items, from 0, and is left out where the frame itself is wrong. */
export interface Fault {
  readonly entry?: number;
  readonly what: string;
}

/** A rule about one value: what is wrong with it, or nothing. */
export type Rule = (value: string | undefined) => readonly string[];

export const anAddress: Rule = (value) => unless(isWebAddress(value), "is no absolute http(s) address", value);
export const anIri: Rule = (value) => unless(value !== undefined && isIri(value), "is no absolute IRI", value);
export const aMediaType: Rule = (value) => unless(isMediaType(value), "is no media type", value);
export const aCount: Rule = (value) => unless(/^\d+$/.test(value ?? ""), "is no count", value);
export const said: Rule = (value) => unless((value ?? "").trim() !== "", "is blank", value);
export const harmless: Rule = (value) => harmOf(value ?? "").map((harm) => `holds ${harm}`);
export const anRfc822Date: Rule = (value) => unless(isDate(RFC_822, value), "is no RFC 822 date", value);
export const anRfc3339Date: Rule = (value) => unless(isDate(RFC_3339, value), "is no RFC 3339 date", value);
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
  return fine ? [] : [`${wrong}: ${JSON.stringify(value?.slice(0, 100))}`];
}

function isDate(shape: RegExp, value: string | undefined): boolean {
  return value !== undefined && shape.test(value) && !Number.isNaN(Date.parse(value));
}
