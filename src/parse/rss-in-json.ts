import { escapeXml } from "./clean.ts";
import { isRecord, type Json, list } from "./json.ts";

/** RSS 2.0 with braces (Dave Winer's rss-in-json), written as the XML that it stands for; undefined for any other JSON. */
export function rssInJson(json: Json): string | undefined {
  const rss = json["rss"];
  const channel = isRecord(rss) ? rss["channel"] : undefined;
  if (!isRecord(channel)) return undefined;
  const { item, ...about } = channel;
  const items = list(item).filter(isRecord);
  return `<rss><channel>${elements(about)}${items.map((each) => `<item>${elements(each)}</item>`).join("")}</channel></rss>`;
}

const elements = (json: Json): string =>
  Object.entries(json)
    .flatMap(([name, value]) =>
      isName(name) ? (Array.isArray(value) ? value : [value]).map((each) => element(name, each)) : [],
    )
    .join("");

/** The members of an object are its attributes, but "#value" is its text. */
function element(name: string, value: unknown): string {
  if (!isRecord(value)) return `<${name}>${scalar(value)}</${name}>`;
  const attributes = Object.entries(value).filter(([attribute]) => isName(attribute));
  const written = attributes.map(([attribute, said]) => ` ${attribute}="${scalar(said)}"`).join("");
  return `<${name}${written}>${scalar(value["#value"])}</${name}>`;
}

const isName = (name: string): boolean => /^[a-z][\w:.-]{0,99}$/i.test(name);
const scalar = (value: unknown): string =>
  /^(?:string|number|boolean)$/.test(typeof value) ? escapeXml(String(value)) : "";
