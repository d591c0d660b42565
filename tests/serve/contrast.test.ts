import { describe, expect, test } from "vitest";
import { STYLE } from "../../src/serve/style.ts";

/** WCAG 2.2, 1.4.3: text on its ground, 4.5 to 1 at least. */
const AA = 4.5;
const PAIRS = [
  ["ink", "paper"],
  ["ink", "raised"],
  ["soft", "paper"],
  ["soft", "raised"],
  ["accent", "paper"],
  ["accent", "raised"],
  ["on-accent", "accent"],
  ["ink", "hit"],
] as const;

const [light = "", dark = ""] = STYLE.match(/:root \{[^}]*--paper[^}]*\}/g) ?? [];

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s", (_, block) => {
  test.each(PAIRS)("%s can be read on %s", (text, ground) => {
    expect(contrast(colour(block, text), colour(block, ground))).toBeGreaterThanOrEqual(AA);
  });
});

function colour(block: string, name: string): readonly number[] {
  const [, digits = ""] = new RegExp(`--${name}: #([0-9a-f]{3,6});`).exec(block) ?? [];
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  return [0, 2, 4].map((from) => Number.parseInt(full.slice(from, from + 2), 16) / 255);
}

function contrast(one: readonly number[], other: readonly number[]): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(rgb: readonly number[]): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = rgb.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
