export interface Undeclared {
  readonly text: string;
  /** what the document's own entities stand for */
  readonly entities: ReadonlyMap<string, string>;
}

/** Takes the document type declaration out. Only its simple internal entities are kept; nothing is ever fetched. */
export function dropDoctype(text: string): Undeclared {
  const root = /<[a-z]/i.exec(text)?.index ?? text.length;
  const start = text.slice(0, root).search(DOCTYPE);
  if (start < 0) return { text, entities: new Map() };
  const end = endOfDoctype(text, start);
  const declaration = text.slice(start, end);
  return { text: text.slice(0, start) + text.slice(end), entities: entitiesOf(declaration) };
}

const DOCTYPE = /<!doctype/i;
/** A document with more own entities, or longer ones, is not a feed but an attack. */
const MAX_ENTITIES = 500;
const MAX_ENTITY_LENGTH = 1000;

function endOfDoctype(text: string, start: number): number {
  const close = text.indexOf(">", start);
  const subset = text.indexOf("[", start);
  if (close < 0) return text.length;
  if (subset < 0 || subset > close) return close + 1;
  const end = /\]\s{0,100}>/g;
  end.lastIndex = subset;
  const found = end.exec(text);
  return found === null ? close + 1 : found.index + found[0].length;
}

/** Values are taken as they stand: an entity inside an entity stays unexpanded, so they cannot multiply. */
function entitiesOf(declaration: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  for (const [, name = "", double, single] of declaration.matchAll(ENTITY)) {
    const value = double ?? single ?? "";
    if (value.length <= MAX_ENTITY_LENGTH && entities.size < MAX_ENTITIES) entities.set(name, value);
  }
  return entities;
}

const ENTITY = /<!ENTITY\s{1,20}([\w.-]{1,100})\s{1,20}(?:"([^"<]*)"|'([^'<]*)')/g;
