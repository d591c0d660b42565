import { describe, expect, test } from "vitest";
import { keepFirstSight } from "../../src/identify/identify.ts";
import { HOUR } from "../../src/model/time.ts";
import { draft, NOON, openPress } from "./press.ts";

describe("a revision", () => {
  test.each([
    ["title", { title: "Harbour reopened" }],
    ["teaser", { teaser: "After four weeks the ferries run again." }],
    ["text", { content: "<p>After three weeks the ferries run again. The first left at seven.</p>" }],
    ["page", { permalink: "https://paper.example/politics/harbour-2" }],
  ])("is a change of the %s", (_, change) => {
    const press = openPress();
    press.read([draft()]);

    expect(press.read([draft(change)], NOON + HOUR).revised).toMatchObject([{ revision: 1, revisedAt: NOON + HOUR }]);
  });

  test.each([
    ["dates", { publishedAt: NOON, updatedAt: NOON }],
    [
      "white space",
      {
        title: " Harbour \u00a0reopens\n",
        content: "<p>After three weeks the ferries run again.\n The first left at six.</p>",
      },
    ],
    ["entities", { title: "Harbour reopen&#115;" }],
    [
      "markup",
      { content: '<div><p class="x">After three weeks the <b>ferries</b> run again. The first left at six.</p></div>' },
    ],
    [
      "labels",
      { categories: [{ term: "Sea" }], authors: [{ name: "A" }], image: { url: "https://paper.example/a.jpg" } },
    ],
    ["the scheme of its link", { permalink: "http://www.paper.example/politics/harbour" }],
    ["tokens in its link", { permalink: "https://paper.example/politics/harbour?session=2" }],
  ])("is no change of %s", (_, change) => {
    const press = openPress();
    press.read([draft()]);

    expect(press.read([draft(change)], NOON + HOUR)).toMatchObject({ fresh: [], revised: [], unchanged: 1 });
  });

  test("counts up to 24, and then no more", () => {
    const press = openPress();
    press.read([draft()]);
    const revisions = Array.from({ length: 30 }, (_, n) => press.read([draft({ title: `Take ${n}` })], NOON + n));

    expect(revisions.flatMap(({ revised }) => revised.map(({ revision }) => revision))).toEqual(
      Array.from({ length: 24 }, (_, n) => n + 1),
    );
    expect(revisions.at(-1)).toMatchObject({ unchanged: 1 });
  });

  test("tells of a text that goes back and forth once there and once back, and of a third one again", () => {
    const press = openPress();
    press.read([draft({ title: "One" })]);
    const titles = ["Other", "One", "Other", "One", "Other", "Third"];
    const revisions = titles.map((title, n) =>
      press.read([draft({ title })], NOON + n).revised.map((item) => item.title),
    );

    expect(revisions).toEqual([["Other"], ["One"], [], [], [], ["Third"]]);
  });

  test("keeps what the item was first seen with", () => {
    const press = openPress();
    const [old] = press.read([draft()]).fresh;
    const [revised] = press.read([draft({ title: "Other", publishedAt: NOON + HOUR })], NOON + 2 * HOUR).revised;
    if (revised === undefined) throw new Error("not revised");

    expect(keepFirstSight(revised, old)).toMatchObject({
      id: old?.id,
      iri: "https://paper.example/?p=1",
      arrivedAt: NOON,
      publishedAt: NOON - HOUR,
      revisedAt: NOON + 2 * HOUR,
      revision: 1,
      title: "Other",
    });
    expect(keepFirstSight(revised, undefined)).toBe(revised);
  });
});
