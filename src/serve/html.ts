import { escapeUTF8 } from "entities";

/** Only `html` can make one: text from outside, JSON included, cannot hold the symbol. */
const SAFE = Symbol("safe html");

export interface Html {
  readonly [SAFE]: string;
}

export type Fragment = Html | string | number | false | undefined | readonly Fragment[];

/** html`<b>${title}</b>`: every value is escaped unless it is `Html` itself. Attribute values must be quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  let text = parts[0] ?? "";
  values.forEach((value, index) => {
    text += textOf(value) + (parts[index + 1] ?? "");
  });
  return { [SAFE]: text };
}

export const textOfHtml = (page: Html): string => page[SAFE];

/** A link from outside, where it is one that a page may carry: http or https. */
export function webUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}

function textOf(value: Fragment): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escapeUTF8(value);
  if (typeof value === "number") return String(value);
  if (SAFE in value) return value[SAFE];
  return value.map(textOf).join("");
}
