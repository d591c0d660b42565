import type { FeedFormat } from "../model/parsed.ts";
import { escapeXml } from "./clean.ts";
import { enter, OUTERMOST, type Surroundings, usualName } from "./element.ts";
import { addEndTag, addTag, addText, type Field, openField, VOID_ELEMENTS, writeField, writeStart } from "./field.ts";
import { type Attributes, scan } from "./scan.ts";
import { ELEMENTS, type Meaning, PARTS } from "./vocabulary.ts";

export interface Rewritten {
  /** well-formed RSS 2.0 in the vocabulary of vocabulary.ts: only what we read, flat, markup escaped */
  readonly xml: string;
  /** absent where the text held no feed */
  readonly format?: FeedFormat;
  readonly repairs: readonly string[];
}

/** Whatever text came, written again as XML that a strict reader takes. One pass, one stack, never more than the text is long. */
export function rewrite(
  text: string,
  entities: ReadonlyMap<string, string>,
  base: string | undefined,
  documentUrl: string,
): Rewritten {
  const state: State = {
    documentUrl,
    outermost: base === undefined ? OUTERMOST : { ...OUTERMOST, base },
    written: [],
    stack: [],
    openNames: new Map(),
    openRoles: new Map(),
    repairs: new Set(),
    items: 0,
  };
  scan(text, entities, {
    onOpen: (name, attributes, empty) => onOpen(state, name, attributes, empty),
    onClose: (name) => onClose(state, name),
    onText: (characters) => onText(state, characters),
  });
  finish(state);
  const xml = `<rss version="2.0"><channel>${state.written.join("")}</channel></rss>`;
  return { xml, ...(state.format === undefined ? {} : { format: state.format }), repairs: [...state.repairs] };
}

/** A document with more is no feed; the first ones are kept. */
const MAX_ITEMS = 10_000;

type Role = "container" | "item" | "field" | "group" | "wrapper" | "inline" | "ignored";

interface Open {
  readonly name: string;
  readonly role: Role;
  readonly around: Surroundings;
  /** the element to end in the written XML */
  readonly as?: string;
}

interface State {
  readonly documentUrl: string;
  readonly outermost: Surroundings;
  readonly written: string[];
  readonly stack: Open[];
  /** how many open elements have this name: a stray end tag is known without a search */
  readonly openNames: Map<string, number>;
  readonly openRoles: Map<Role, number>;
  readonly repairs: Set<string>;
  field?: Field | undefined;
  format?: FeedFormat;
  items: number;
}

/** A start tag, understood. */
interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly around: Surroundings;
  /** the name under its usual prefix */
  readonly usual: string;
  readonly meaning: Meaning | undefined;
}

function onOpen(state: State, name: string, attributes: Attributes, empty: boolean): void {
  const around = enter(state.stack.at(-1)?.around ?? state.outermost, attributes, state.documentUrl);
  const usual = usualName(name, around);
  const known = ELEMENTS.get(usual);
  // some write <item/> at the end of each item
  const meaning = empty && known?.kind === "item" && isOpen(state, "item") ? undefined : known;
  const element: Element = { name, attributes, around, usual, meaning };
  if (endsField(state.field, element)) unwind(state, "field");
  if (meaning?.kind === "item" && !state.field?.literal) unwind(state, "item");
  const isVoid = state.field !== undefined && VOID_ELEMENTS.has(name);
  push(state, { name, around, ...begin(state, element) });
  if (empty || isVoid) pop(state);
}

/** An element that no title or text can contain: the end tag before it is missing or misspelt. */
function endsField(field: Field | undefined, { usual, meaning }: Element): boolean {
  if (field === undefined || field.literal || meaning === undefined) return false;
  // a category may be an rdf:Bag
  if (usual.startsWith("rdf:")) return false;
  return field.meaning.kind !== "markup" || field.meaning.as === "title" || !HTML_TOO.has(usual);
}

const HTML_TOO: ReadonlySet<string> = new Set("title link summary body image abstract xhtml:body xhtml:div".split(" "));

type Begun = Pick<Open, "role" | "as">;

/** What the element is here, and what is written at its start. */
function begin(state: State, element: Element): Begun {
  const { meaning } = element;
  const parent = state.stack.at(-1)?.role;
  if (state.field !== undefined) {
    addTag(state.field, element.name, element.attributes, element.around);
    return { role: "inline" };
  }
  if (meaning?.kind === "item") return beginItem(state, element);
  if (meaning?.kind === "container")
    return isOpen(state, "item") ? { role: "ignored" } : beginContainer(state, element);
  if (parent === "group") return beginPart(state, element);
  if (parent === undefined || parent === "ignored" || meaning === undefined) return { role: "ignored" };
  return beginValue(state, meaning, element);
}

function beginItem(state: State, { usual, attributes, around }: Element): Begun {
  state.format ??= usual === "entry" ? "atom" : "rss";
  state.items++;
  if (state.items > MAX_ITEMS) {
    state.repairs.add("too-many-items");
    return { role: "ignored" };
  }
  state.written.push(
    "<item>",
    ...simple("base", around.base),
    ...simple("language", attributes.get("xml:lang")),
    ...simple("id", attributes.get("rdf:about"), 2),
    // CDF says these in attributes
    ...simple("link", attributes.get("href"), 1),
    ...simple("updated", attributes.get("lastmod"), 1),
  );
  return { role: "item", as: "item" };
}

function beginContainer(state: State, { usual, attributes, around }: Element): Begun {
  state.format ??= usual === "feed" ? "atom" : usual.startsWith("rdf") ? "rdf" : "rss";
  state.written.push(...simple("language", around.language, 1), ...simple("link", attributes.get("href"), 1));
  return { role: "container" };
}

function beginPart(state: State, { usual, attributes, around }: Element): Begun {
  const as = PARTS.get(usual);
  if (as === undefined) return { role: "ignored" };
  state.field = openField({ kind: "text", as, rank: 0 }, attributes, around.base, false);
  return { role: "field" };
}

function beginValue(state: State, meaning: Meaning, { attributes, around }: Element): Begun {
  const field = openField(meaning, attributes, around.base, state.format === "atom");
  switch (meaning.kind) {
    case "wrapper":
      if (meaning.as !== "") state.written.push(writeField(field));
      return { role: "wrapper" };
    case "group":
      state.written.push(writeStart(field));
      return { role: "group", as: meaning.as };
    default:
      state.field = field;
      return { role: "field" };
  }
}

const simple = (name: string, value: string | undefined, rank = 0): readonly string[] =>
  value === undefined ? [] : [`<${name}${rank > 0 ? ` rank="${rank}"` : ""}>${escapeXml(value)}</${name}>`];

function onText(state: State, text: string): void {
  if (state.field !== undefined) addText(state.field, text);
  else if (state.stack.at(-1)?.role === "group") state.written.push(escapeXml(text));
}

function onClose(state: State, name: string): void {
  if ((state.openNames.get(name) ?? 0) === 0) return;
  while (state.stack.length > 0 && state.stack.at(-1)?.name !== name) {
    state.repairs.add("missing-end-tag");
    pop(state);
  }
  pop(state);
}

/** Ends open elements up to and including the innermost one of this role; none of them if there is none. */
function unwind(state: State, role: Role): void {
  if (!isOpen(state, role)) return;
  state.repairs.add("missing-end-tag");
  while (pop(state)?.role !== role);
}

const isOpen = (state: State, role: Role): boolean => (state.openRoles.get(role) ?? 0) > 0;

function push(state: State, open: Open): void {
  state.stack.push(open);
  count(state, open, 1);
}

function pop(state: State): Open | undefined {
  const open = state.stack.pop();
  if (open === undefined) return undefined;
  count(state, open, -1);
  if (open.role === "inline" && state.field !== undefined) addEndTag(state.field, open.name);
  if (open.role === "field" && state.field !== undefined) {
    state.written.push(writeField(state.field));
    state.field = undefined;
  }
  if (open.as !== undefined) state.written.push(`</${open.as}>`);
  return open;
}

function count(state: State, open: Open, step: 1 | -1): void {
  state.openNames.set(open.name, (state.openNames.get(open.name) ?? 0) + step);
  state.openRoles.set(open.role, (state.openRoles.get(open.role) ?? 0) + step);
}

/** The document ended too early: a text is worth reading as far as it goes; half a link, date or headline is worse than none. */
function finish(state: State): void {
  if (state.stack.length > 0) state.repairs.add("truncated");
  if (state.field?.meaning.kind !== "markup" || state.field.meaning.as === "title") state.field = undefined;
  while (state.stack.length > 0) pop(state);
}
