import type { Image } from "../model/item.ts";
import type { ParsedItem } from "../model/parsed.ts";
import { isCounter } from "./counter.ts";
import type { Picture } from "./picture.ts";
import { bestOf, CARD_WIDTH, readSrcset } from "./srcset.ts";
import { absoluteUrl } from "./url.ts";

/**
 * The picture that stands for an item on a card: of those that the publisher names beside the text the one of the best
 * size, else the first one in the text that shows something.
 * @param pictures in its texts
 */
export function chooseImage(item: ParsedItem, base: string, pictures: readonly Picture[]): Image | undefined {
  const named = (item.images ?? (item.image === undefined ? [] : [item.image])).flatMap((image) => {
    const url = absoluteUrl(image.url, base);
    return url === undefined || isCounter(url) || isTiny(image) ? [] : [{ ...image, url }];
  });
  return best(named) ?? firstShown(pictures);
}

export function readImage(image: Image | undefined, base: string): Image | undefined {
  const url = image === undefined ? undefined : absoluteUrl(image.url, base);
  return url === undefined ? undefined : { ...image, url };
}

/** Pixels: smaller ones are icons. */
const TINY = 32;
/** Pixels: smaller ones are faces, buttons, smileys, where nobody says that they are more. */
const SMALL = 100;

const isTiny = ({ width = TINY, height = TINY }: Image): boolean => width < TINY || height < TINY;

/** The smallest that fills a card, else the first one whose size nobody says, else the widest. */
function best(images: readonly Image[]): Image | undefined {
  const sized = images.filter(({ width }) => width !== undefined).toSorted((a, b) => (a.width ?? 0) - (b.width ?? 0));
  return (
    sized.find(({ width = 0 }) => width >= CARD_WIDTH) ??
    images.find(({ width }) => width === undefined) ??
    sized.at(-1)
  );
}

/** Many publishers name their picture nowhere but in the text. */
function firstShown(pictures: readonly Picture[]): Image | undefined {
  for (const picture of pictures) {
    const [width, height] = [pixels(picture.width), pixels(picture.height)];
    const isSmall = (width ?? SMALL) < SMALL || (height ?? SMALL) < SMALL;
    if (!isSmall && !DECORATION.test(picture.src)) return inBestSize(picture, width, height);
  }
  return undefined;
}

function inBestSize({ src, srcset = "" }: Picture, width: number | undefined, height: number | undefined): Image {
  const wider = (width ?? 0) >= CARD_WIDTH ? undefined : bestOf(readSrcset(srcset).filter(({ unit }) => unit === "w"));
  if (wider !== undefined && wider.size > (width ?? 0)) return { url: wider.url, width: wider.size };
  return { url: src, ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
}

const pixels = (written: string | undefined): number | undefined =>
  written !== undefined && /^\d{1,5}(?:px)?$/.test(written) ? Number.parseInt(written, 10) : undefined;

/** Faces, smileys, buttons to share, and what holds layouts together. */
const DECORATION =
  /gravatar\.com|\/(?:emojis?|smil(?:ey|ie)s|icons?|avatars?|buttons?|badges?|sprites?)\/|s\.w\.org\/images\/core\/emoji|(?:^|[/_.-])(?:emoji|smiley|avatar|favicon|icon|button|badge|spacer|sprite|share|bookmark|flattr|feedflare|captcha|partagez|tweet|divider|separator)(?:[-_.]?(?:\d{1,4}(?:x\d{1,4})?|small|large|button|icon|wink|smile))?\.(?:gif|png|svg|jpe?g|webp)|shields\.io|feedburner\.com/i;
