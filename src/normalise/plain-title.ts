import { decodeHTML } from "entities";
import type { Markup } from "../model/parsed.ts";
import { plainText } from "./plain-text.ts";

/**
 * A title's text. Some programs escape twice, so that a reader would see "Rat &amp; Tat" or "&#8222;Nein&#8220;": those
 * references are decoded once more. What could be a tag afterwards is left alone: "&lt;b&gt;" is a title about HTML.
 */
export function plainTitle(markup: Markup): string {
  const title = plainText(markup);
  if (!title.includes("&")) return title;
  return plainText({ text: title.replace(LEFT_OVER, (reference) => decodeHTML(reference)), type: "text" });
}

/** Of letters, of quotation marks and dashes, and the ampersand: nobody writes these to be seen. */
const LEFT_OVER =
  /&(?:#(?!0*(?:60|62);|x0*(?:3c|3e);)(?:\d{2,6}|x[\da-f]{2,5})|[a-z](?:uml|acute|grave|circ|tilde|cedil|ring|caron)|szlig|[ao]elig|oslash|amp|quot|apos|nbsp|[lrsb]d?quo|[lr]aquo|[nm]dash|hellip|bull|middot|euro|shy);/gi;
