import fc from "fast-check";
import sanitizeHtml from "sanitize-html";
import { beforeAll, describe, expect, test } from "vitest";
import type { Draft } from "../../src/model/item.ts";
import { readHtml } from "../../src/normalise/html.ts";
import { COMMON_ATTRIBUTES, SAFE_TAGS } from "../../src/normalise/safe-tags.ts";
import { XSS_VECTORS } from "../fixtures/xss-vectors.ts";
import { type Format, readEverywhere } from "./xss-documents.ts";

const FORMATS: readonly Format[] = ["rss", "atom", "json"];

/** All that safe HTML is made of: text without "<" and ">", and tags whose attributes are text between quotation marks. */
const TAG = '<\\/?[a-z][a-z\\d]*(?: (?:controls|[a-z]+="[^"<>]*"))*(?: \\/)?>';
const SAFE_HTML = new RegExp(`^(?:[^<>]|${TAG})*$`);

/** Tags and attributes of safe HTML that it may not have; addresses that are no http, https or mailto. */
function forbiddenIn(html: string): readonly string[] {
  return [...html.matchAll(/<\/?([a-z\d]+)([^<>]*)>/g)].flatMap(([tag, name = "", attributes = ""]) => {
    const allowed = SAFE_TAGS.get(name);
    if (allowed === undefined) return [tag];
    const written = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)];
    return written.flatMap(([attribute, of = "", value = ""]) => {
      const isAllowed = allowed.includes(of) || COMMON_ATTRIBUTES.includes(of);
      const isAddress = /^(?:href|src|cite|poster|srcset)$/.test(of);
      return isAllowed && (!isAddress || /^(?:https?:\/\/|mailto:)/.test(value)) ? [] : [attribute];
    });
  });
}

describe("whatever a publisher writes, in every field of every format", () => {
  let drafts: Readonly<Record<Format, readonly Draft[]>>;
  beforeAll(async () => {
    drafts = await readEverywhere(XSS_VECTORS);
  });

  test("there are at least 200 ways, and each item arrives", () => {
    expect(new Set(XSS_VECTORS).size).toBeGreaterThanOrEqual(200);
    for (const format of FORMATS) expect(drafts[format].length, format).toBe(XSS_VECTORS.length);
  });

  test.each(FORMATS)("%s: summaries and texts are safe HTML", (format) => {
    for (const { title, summary = "", content = "" } of drafts[format])
      for (const html of [summary, content]) {
        expect.soft(html, title).toMatch(SAFE_HTML);
        expect.soft(forbiddenIn(html), title).toEqual([]);
      }
  });

  test.each(FORMATS)("%s: every address is one of the web", (format) => {
    for (const draft of drafts[format]) {
      const addresses = [
        draft.permalink,
        draft.pageKey,
        draft.image?.url,
        ...(draft.authors ?? []).map(({ url }) => url),
        ...(draft.enclosures ?? []).map(({ url }) => url),
      ].filter((url) => url !== undefined);
      for (const url of addresses) expect.soft(url, draft.title).toMatch(/^https?:\/\/[^\s"<>]+$/);
    }
  });

  test("a second sanitiser finds nothing to take out", () => {
    for (const { content = "", summary = "" } of FORMATS.flatMap((format) => drafts[format]))
      for (const html of [summary, content]) expect.soft(startTags(secondOpinion(html))).toEqual(startTags(html));
  });
});

/** It nests some tables otherwise. */
const startTags = (html: string): readonly string[] => html.match(/<[a-z][^<>]*>/g) ?? [];

const secondOpinion = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: [...SAFE_TAGS.keys()],
    allowedAttributes: { ...Object.fromEntries(SAFE_TAGS), "*": [...COMMON_ATTRIBUTES] } as Record<string, string[]>,
    allowedSchemes: ["http", "https", "mailto"],
    allowProtocolRelative: false,
    selfClosing: ["br", "col", "hr", "img", "source", "wbr"],
    parseStyleAttributes: false,
  });

test("no mixture of vectors, tags and torn attributes comes out as anything but safe HTML", () => {
  const piece = fc.oneof(
    fc.constantFrom(...XSS_VECTORS),
    fc.constantFrom(...XSS_VECTORS).map((vector) => vector.slice(0, vector.length / 2)),
    fc.constantFrom(
      "<p>",
      "</p>",
      "<a href=",
      '"',
      "'",
      ">",
      "<",
      "&",
      "&#",
      "=",
      "/",
      "<!--",
      "-->",
      "<svg>",
      "</svg>",
      "<math>",
    ),
    fc.constantFrom(
      "<table>",
      "<td>",
      "<select>",
      "</select>",
      "<iframe>",
      "</iframe>",
      "<img src=x ",
      "\0",
      "\n",
      "javascript:",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const { html } = readHtml({ text: pieces.join(""), type: "html" }, "https://press.example/");

      expect(html).toMatch(SAFE_HTML);
      expect(forbiddenIn(html)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
