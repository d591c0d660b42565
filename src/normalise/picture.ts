import { isCounter } from "./counter.ts";
import { bestOf, type Candidate, readSrcset } from "./srcset.ts";
import { absoluteUrl } from "./url.ts";

/** A picture in a text, as it would load. */
export interface Picture {
  readonly src: string;
  readonly srcset?: string;
  /** as written */
  readonly width?: string;
  readonly height?: string;
}

type Attributes = Readonly<Record<string, string>>;

/**
 * Nothing where it shows nothing: pixels that count readers, and what has no address.
 * @param sources `srcset` of the <source>s of its <picture>
 */
export function readPicture(attributes: Attributes, sources: readonly string[], base: string): Picture | undefined {
  const { srcset, width, height } = attributes;
  if (isPixel(width) || isPixel(height)) return undefined;
  const candidates = [srcset, attributes["data-srcset"], attributes["data-lazy-srcset"]].flatMap(candidatesOf);
  const address = isPlaceholder(attributes["src"])
    ? (lateAddress(attributes) ?? (bestOf(candidates) ?? bestOf(sources.flatMap(candidatesOf)))?.url)
    : attributes["src"];
  const src = address === undefined ? undefined : absoluteUrl(address, base);
  if (src === undefined || isCounter(src)) return undefined;
  const others = candidates.length === 0 ? "" : writeSrcset(candidates, base);
  return {
    src,
    ...(others !== "" && { srcset: others }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

const isPixel = (length: string | undefined): boolean => length !== undefined && /^\s*[01](?:px)?\s*$/.test(length);

const isPlaceholder = (src: string | undefined): boolean =>
  src === undefined || src === "" || /^\s*(?:data|about):|placeholder|lazy[-_]?load/i.test(src);

/** Where scripts load pictures late, their address waits under one of these names. */
const LATE = ["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file", "data-image"];

const lateAddress = (attributes: Attributes): string | undefined =>
  LATE.map((name) => attributes[name]?.trim()).find((value) => value !== undefined && value !== "");

const candidatesOf = (srcset: string | undefined): readonly Candidate[] =>
  srcset === undefined ? [] : readSrcset(srcset);

/** A comma would end the address. */
const writeSrcset = (candidates: readonly Candidate[], base: string): string =>
  candidates
    .flatMap(({ url, size, unit }) => {
      const absolute = absoluteUrl(url, base);
      return absolute === undefined ? [] : [`${absolute.replaceAll(",", "%2C")} ${size}${unit}`];
    })
    .join(", ");
