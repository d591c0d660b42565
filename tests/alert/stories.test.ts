import { describe, expect, test } from "vitest";
import { dispatchOf, storiesIn } from "../../src/alert/alert.ts";
import type { AlertId } from "../../src/model/alert.ts";
import { documentsOf, entry, MORNING, placed, site, topicFeed } from "../publish/press.ts";
import { aStory } from "./press.ts";

const copy = placed({ id: "i2" as never, publisher: "isarblatt" as never, permalink: "https://isarblatt.example/9" });
const second = entry({ iri: "https://elbbote.example/2", title: "Zweite", permalink: "https://elbbote.example/2" });
const { json } = documentsOf(topicFeed(entry({}, { others: [copy] }), second));

describe("the stories of an alert", () => {
  test("are read out of the feed's own document: title, link, publisher, section, who else has it", () => {
    const [story] = storiesIn(json.text, ["https://elbbote.example/artikel/4711"], site);

    expect(story).toMatchObject({
      id: "https://elbbote.example/artikel/4711",
      title: "Windpark vor Wustrow liefert den ersten Strom",
      url: "https://elbbote.example/artikel/4711",
      publisher: "Elbbote",
      publishedAt: MORNING,
      updatedAt: MORNING,
      section: "Wirtschaft",
      teaser: "Nach vier Jahren Bauzeit speist die Anlage ein.",
      others: [{ publisher: "Isarblatt", url: "https://isarblatt.example/9" }],
    });
    expect(story?.storyUrl).toMatch(/^https:\/\/feeds\.example\.org\/stories\//);
  });

  test("are those that were asked for, the oldest first; what has left the document is left out", () => {
    const ids = ["https://elbbote.example/artikel/4711", "https://gone.example/1", "https://elbbote.example/2"];

    expect(storiesIn(json.text, ids, site).map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    expect(storiesIn(json.text, [], site)).toEqual([]);
  });
});

describe("the id of a message", () => {
  const id = "hafen-1" as AlertId;

  test("is the same for the same stories, and another for others, for another alert and after a change", () => {
    const same = dispatchOf(id, [aStory()]).id;

    expect(dispatchOf(id, [aStory({ title: "Anders gesetzt" })]).id).toBe(same);
    expect(dispatchOf(id, [aStory(), aStory({ id: "b" })]).id).not.toBe(same);
    expect(dispatchOf("hafen-2" as AlertId, [aStory()]).id).not.toBe(same);
    expect(dispatchOf(id, [aStory({ updatedAt: 1 })]).id).not.toBe(same);
    // no full stop in it: it is signed together with what follows one
    expect(same).toMatch(/^msg_[\da-f]{32}$/);
  });
});
