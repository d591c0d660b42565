import type { Enclosure, Image, Item } from "../model/item.ts";
import { webAddress } from "./address.ts";
import { mediaTypeOf } from "./media-type.ts";
import { present } from "./present.ts";
import { uniqueBy } from "./unique.ts";

const MAX_ENCLOSURES = 10;

export interface Media {
  readonly enclosures: readonly (Enclosure & { readonly type: string })[];
  readonly image?: Image;
}

/** Pictures and sounds with a public address; an enclosure always has a type, its length only where it is known. */
export function mediaOf(item: Item): Media {
  const enclosures = (item.enclosures ?? []).slice(0, MAX_ENCLOSURES).flatMap(enclosureOf);
  return present({ enclosures: uniqueBy(enclosures, ({ url }) => url), image: imageOf(item.image) });
}

function enclosureOf(enclosure: Enclosure): Media["enclosures"] {
  const url = webAddress(enclosure.url);
  if (url === undefined) return [];
  return [present({ url, type: mediaTypeOf(url, enclosure.type), length: count(enclosure.length) })];
}

function imageOf(image: Image | undefined): Image | undefined {
  const url = webAddress(image?.url);
  if (url === undefined) return undefined;
  return present({ url, width: count(image?.width), height: count(image?.height) });
}

/** Publishers write "0" or nonsense where they do not know. */
function count(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
