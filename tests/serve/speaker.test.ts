import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { feedId, itemId, publisherId, storyId } from "../../src/model/ids.ts";
import type { Placed } from "../../src/model/news.ts";
import { curateTopic } from "../../src/road.ts";
import { paperFor } from "../../src/serve/paper.ts";
import { speakerOf } from "../../src/serve/speaker.ts";
import { EXAMPLE_NOW, exampleSettings } from "../support/example-press.ts";
import { exampleItems, exampleView } from "../support/example-view.ts";
import { aTopic } from "../support/test-settings.ts";
import { served } from "./served.ts";

/** Two of equal rank, two of others, and one that the settings do not name. */
const PUBLISHERS = ["tagesbote", "kurier", "nordblatt", "echo", "unknown"];

const someMember = fc.record({
  publisher: fc.constantFrom(...PUBLISHERS),
  arrivedAt: fc.integer({ min: 1, max: 4 }),
  isCopy: fc.boolean(),
  teaser: fc.constantFrom(undefined, "Mehr dazu", "Mehr dazu (dpa)"),
  leads: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

type Told = typeof someMember extends fc.Arbitrary<infer Value> ? Value : never;

function memberOf({ publisher, arrivedAt, isCopy, teaser, leads }: Told, at: number): Placed {
  const id = itemId(`item-${at}`);
  return {
    item: {
      ...{ id, iri: `urn:${at}`, feed: feedId(publisher), publisher: publisherId(publisher), title: `Titel ${at}` },
      ...{ permalink: `https://${publisher}.example/${at}`, revision: 0, digest: `${at}` },
      ...{ arrivedAt: EXAMPLE_NOW + arrivedAt, ...(teaser !== undefined && { teaser }) },
    },
    decision: {
      ...{ item: id, story: storyId("s"), storyIri: "urn:s", reasons: [] },
      ...(isCopy && { copyOf: itemId("original") }),
      ...(leads && { leads: true as const }),
    },
  };
}

describe("who speaks for a story", () => {
  test("is the same on its page as in a topic without ranks of its own", async () => {
    const settings = exampleSettings({});
    const paper = paperFor(await exampleView(), () => EXAMPLE_NOW)();
    const topic = { topic: aTopic("alles", "*"), query: { kind: "everything" } } as const;

    fc.assert(
      fc.property(fc.array(someMember, { minLength: 1, maxLength: 6 }), (story) => {
        const [first, ...others] = story.map(memberOf);
        if (first === undefined) return;
        const members: readonly [Placed, ...Placed[]] = [first, ...others];

        const feed = curateTopic(topic, members, () => members, settings);

        expect(speakerOf(paper, members).item.id).toBe(feed.entries[0]?.lead.item.id);
        expect(speakerOf(paper, members)).toBe(speakerOf(paper, [first, ...others.toReversed()]));
      }),
      { numRuns: 500 },
    );
  });

  test("is the same on the front page, also where a section has only a part of the story", async () => {
    const haushalt = ({ decision }: Placed) => decision.story === "story-haushalt";
    const items = exampleItems().map((placed) =>
      haushalt(placed) && placed.item.publisher === "nordblatt"
        ? { ...placed, decision: { ...placed.decision, section: undefined } as unknown as Placed["decision"] }
        : placed,
    );
    await using server = await served(await exampleView({}, items));

    const { text: front } = await server.get("/");
    const { text: page } = await server.get("/stories/story-haushalt");

    const leadOf = (text: string, level: string): string | undefined =>
      new RegExp(`<${level}><a href="([^"]+)"`).exec(text)?.[1];
    const [, top = ""] = front.split('<article class="card lead">');
    expect(leadOf(page, "h1")).toBe("https://nordblatt.example/politik/0.html");
    expect(leadOf(top, "h3")).toBe(leadOf(page, "h1"));
    expect(top.split("</article>")[0]?.match(/nordblatt\.example/g)).toHaveLength(1);
  });
});
