import type { Draft } from "../src/model/item.ts";
import type { FeedFormat } from "../src/model/parsed.ts";
import type { FeedProfile, Reading } from "../src/model/reading.ts";
import { isoOf } from "../src/model/time.ts";

/** One line of `parse --jobs`: times are ISO 8601, what is absent is left out. */
export type ParseAnswer =
  | { readonly file: string; readonly outcome: "unreadable"; readonly why: string; readonly tookMs: number }
  | {
      readonly file: string;
      readonly outcome: "parsed";
      readonly tookMs: number;
      readonly format: FeedFormat;
      readonly feed: Written<FeedProfile>;
      readonly items: readonly Written<Draft>[];
      readonly repairs: readonly string[];
    };

type Written<Shape> = {
  readonly [Key in keyof Shape]: Key extends "publishedAt" | "updatedAt" ? string : Shape[Key];
};

export function parseAnswer(file: string, reading: Reading, tookMs: number): ParseAnswer {
  if (reading.kind === "unreadable") return { file, outcome: "unreadable", why: reading.why, tookMs };
  const { format, profile, drafts, repairs } = reading;
  return { file, outcome: "parsed", tookMs, format, feed: written(profile), items: drafts.map(written), repairs };
}

function written<Shape extends { readonly publishedAt?: number; readonly updatedAt?: number }>(
  shape: Shape,
): Written<Shape> {
  const { publishedAt, updatedAt } = shape;
  return {
    ...shape,
    ...(publishedAt !== undefined && { publishedAt: isoOf(publishedAt) }),
    ...(updatedAt !== undefined && { updatedAt: isoOf(updatedAt) }),
  } as Written<Shape>;
}
