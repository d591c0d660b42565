import { describe, expect, test } from "vitest";
import type { StoryRef } from "../../src/model/correction.ts";
import { itemId, type SectionId, type StoryId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { loneCopy, reportOf, wholeStory } from "../../workers/desk/correction-report.ts";
import { itemOf } from "../desk/entries.ts";

const placed = (id: string, story: string, own: Partial<Placed["decision"]> = {}): Placed => ({
  item: { ...itemOf({ id, title: `Titel ${id}` }), revisions: [] },
  decision: {
    item: itemId(id),
    story: story as StoryId,
    storyIri: `https://example.org/${story}`,
    reasons: [],
    ...own,
  },
});
const copy = (id: string, of: string, story: string): Placed => placed(id, story, { copyOf: itemId(of) });
const ref = (story: string, ...items: readonly string[]): StoryRef => ({
  ...{ id: story as StoryId, iri: `https://example.org/${story}`, items: items.map(itemId) },
});

describe("what came of a correction is said in a line:", () => {
  test("a merge names what its undoing must name, which is no copy", () => {
    const after = [placed("a", "s1"), placed("b", "s1"), copy("b2", "b", "s1")];

    expect(reportOf({ kind: "merge", from: ref("s2", "b", "b2"), into: ref("s1", "a") }, after)).toBe(
      "s2 (2 items) is now part of s1 (now 3 items). Undo: npm run --silent ressort -- stories split b",
    );
  });

  test("a split names the new story and what came along", () => {
    const items = [{ id: itemId("b"), iri: "https://example.org/b" }];
    const after = [placed("b", "s2"), copy("b2", "b", "s2")];

    expect(reportOf({ kind: "split", from: ref("s1", "a", "b", "b2"), items }, after)).toBe(
      "s2 is a story of its own now (2 items): b; with it came b2. s1 keeps 1 item. " +
        "Undo: npm run --silent ressort -- stories merge s2 s1",
    );
  });

  test("a move tells what its stories keep", () => {
    const after = [placed("a", "s1"), placed("b", "s1"), placed("c", "s1"), copy("c2", "c", "s1")];
    const from = [ref("s2", "b"), ref("s3", "c", "c2", "d")];

    expect(reportOf({ kind: "move", items: ["b", "c"].map(itemId), from, into: ref("s1", "a") }, after)).toBe(
      "b, c are now part of s1 (now 4 items); with them came c2. " +
        "s2 has no item left and leads there. Undo: npm run --silent ressort -- stories split b\n" +
        "s3 keeps 1 item. Undo: npm run --silent ressort -- stories move c --into s3",
    );
  });

  test("what the desk has not done is not called done", () => {
    const [old, here] = [placed("a", "s1"), placed("b", "s1", { section: "sport" as SectionId })];

    expect(reportOf({ kind: "merge", from: ref("s1", "a"), into: ref("s2", "b") }, [old])).toMatch(/^nothing changed/);
    expect(reportOf({ kind: "lead", item: itemId("a") }, [old])).toMatch(/^nothing changed/);
    expect(reportOf({ kind: "file", items: ["a", "b"].map(itemId), section: "sport" as SectionId }, [old, here])).toBe(
      "b is filed under sport now. Not filed: a, older than what the desk looks back on.",
    );
  });
});

describe("refused before it is told to the desk:", () => {
  const members = [placed("a", "s1"), copy("b", "a", "s1"), placed("c", "s1")];
  const [original, copied, other] = members as [Placed, Placed, Placed];

  test("a copy without its original, which would go with it", () => {
    expect(loneCopy([other, copied], members, () => "Der Bote")).toBe(
      "b is a copy of a (Der Bote), which would go with it. Name a if you mean both.",
    );
    expect(loneCopy([original, copied], members, () => "Der Bote")).toBeUndefined();
    expect(loneCopy([copied], [copied, other], () => "Der Bote")).toBeUndefined();
  });

  test("a split that would leave nothing, copies counted", () => {
    const story = { ref: ref("s1", "a", "b", "c"), members };

    expect(wholeStory([original], story)).toBeUndefined();
    expect(wholeStory([original, other], story)).toBe(
      "these and their copies are all 3 items of story s1: nothing to split off.",
    );
    expect(wholeStory([other], { ref: ref("s1", "c"), members: [other] })).toBe(
      "this is the only item of story s1: nothing to split off.",
    );
  });
});
