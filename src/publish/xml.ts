import { escapeUTF8 } from "entities";
import { SaxesParser } from "saxes";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

export type XmlReading =
  | { readonly kind: "read"; readonly root: XmlElement }
  | { readonly kind: "malformed"; readonly why: string };

interface Growing extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** Strict XML 1.0 with namespaces; a document type is refused, for entities are no part of any feed. */
export function readXml(text: string): XmlReading {
  const document: Growing = { name: "", attributes: {}, children: [] };
  const open = [document];
  const put = (node: XmlElement | string) => open.at(-1)?.children.push(node);
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", () => parser.fail("a document type"));
  parser.on("text", put);
  parser.on("cdata", put);
  parser.on("opentag", (tag) => {
    const attributes = Object.entries(tag.attributes).map(([name, { value }]) => [name, value]);
    const element: Growing = { name: tag.name, attributes: Object.fromEntries(attributes), children: [] };
    put(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  try {
    parser.write(text).close();
  } catch (error) {
    return { kind: "malformed", why: error instanceof Error ? error.message : String(error) };
  }
  const root = document.children.find(isElement);
  return root === undefined ? { kind: "malformed", why: "no root" } : { kind: "read", root };
}

/** The values must be printable: nothing is checked here. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>${written(root, "\n")}\n`;
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly (XmlElement | string)[]
): XmlElement {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { name, attributes: Object.fromEntries(given.map(([key, value]) => [key, String(value)])), children };
}

export function isElement(node: XmlElement | string): node is XmlElement {
  return typeof node !== "string";
}

export function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter(isElement).filter((child) => child.name === name);
}

export function textOf(parent: XmlElement): string {
  return parent.children.filter((child) => typeof child === "string").join("");
}

function written({ name, attributes, children }: XmlElement, newLine: string): string {
  const start =
    name +
    Object.entries(attributes)
      .map(([key, value]) => ` ${key}="${escapeUTF8(value)}"`)
      .join("");
  const elements = children.filter(isElement);
  if (children.length === 0) return `${newLine}<${start}/>`;
  if (elements.length === 0) return `${newLine}<${start}>${escapeUTF8(children.join(""))}</${name}>`;
  // whitespace between elements is ours to make: no document of ours mixes text and elements
  return `${newLine}<${start}>${elements.map((child) => written(child, `${newLine} `)).join("")}${newLine}</${name}>`;
}
