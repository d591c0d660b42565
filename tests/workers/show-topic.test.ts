import { describe, expect, test } from "vitest";
import { MINUTE } from "../../src/model/time.ts";
import { showTopic } from "../../workers/topics/show-topic.ts";
import { aPlaced } from "../query/a-placed.ts";
import { aPublisher, aTopic, testSettings } from "../support/test-settings.ts";

/** As people here write it, whatever the time zone of whoever runs this. */
const NOW = new Date(2026, 10, 23, 15, 30, 0).getTime();
const settings = testSettings({
  dataDir: "none",
  publishers: [aPublisher("bote", { title: "Bote" }), aPublisher("kurier", { rank: 1 })],
});
const fresh = aPlaced({ id: "a", story: "s1", publisher: "bote", title: "Gold steigt", arrivedAt: NOW - MINUTE });
const old = aPlaced({
  ...{ id: "b", story: "s2", publisher: "kurier", title: "Gold fällt" },
  ...{ arrivedAt: NOW - 30 * MINUTE, publishedAt: NOW - 600 * MINUTE },
});

function shown(topic: Parameters<typeof aTopic>[2], matched: readonly (typeof old)[]): string {
  const compiled = { topic: aTopic("gold", "gold", topic), query: { kind: "everything" } } as const;
  return showTopic(compiled, matched, () => [], settings, { announced: [], now: NOW }).join("\n");
}

describe("topics show", () => {
  test("names story, item and the moment of arrival, in local time, by which it is sorted", () => {
    const [first, why, second] = shown({}, [old, fresh]).split("\n");

    expect(first).toBe("2026-11-23 15:29:00  story s1  item a  Gold steigt");
    expect(why).toMatch(/^ {21}\S/);
    expect(second).toBe("2026-11-23 15:00:00  story s2  item b  Gold fällt");
  });

  test("dates a story by its first item, whoever leads it", () => {
    const better = aPlaced({ id: "c", story: "s1", publisher: "kurier", title: "Gold springt", arrivedAt: NOW });

    expect(shown({}, [fresh, better])).toContain("2026-11-23 15:29:00  story s1  item c  Gold springt");
  });

  test("lists what waits for a better copy, and until when", () => {
    const said = shown({ hold: 10 * MINUTE }, [old, fresh]);

    expect(said).toMatch(/story s1 {2}item a .*\n +waits until 15:39:00 for a better copy than Bote's\n.*story s2/);
    expect(shown({ hold: 10 * MINUTE }, [old])).not.toContain("waits");
  });

  test("lists what an edit of the rule keeps out of the feeds", () => {
    const told = aPlaced({ id: "c", story: "s3", publisher: "bote", title: "Blei", arrivedAt: NOW - 60 * MINUTE });
    const topic = aTopic("gold", "gold", { editedAt: NOW - 10 * MINUTE });
    const compiled = { topic, query: { kind: "everything" } } as const;
    const announced = [{ iri: told.decision.storyIri, items: [told.item.id] }] as const;
    const readers = { announced, now: NOW };
    const said = showTopic(compiled, [told, old, fresh], () => [], settings, readers).join("\n");

    expect(said).toMatch(
      /^\S+ \S+ {2}story s2 .*\n +stays out of the feeds.*before the rule was edited \(2026-11-23 15:20:00\)/,
    );
    expect(said.match(/stays out/g)).toHaveLength(1);
    expect(said).toContain("story s3");
  });

  test("says why there is nothing", () => {
    expect(shown({}, [])).toBe(
      "gold has nothing yet: no item matched gold, or Ressort was not restarted since the topic was written",
    );
    expect(shown({ minimumPublishers: 2 }, [old, fresh])).toBe(
      "gold has nothing yet: 2 items matched, but no story of theirs has 2 publishers",
    );
    const digest = {
      every: "day",
      at: "07:00",
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      stories: 5,
    } as const;
    expect(shown({ digest }, [old, fresh])).toBe(
      "gold has nothing yet: its next digest is made at 2026-11-24 07:00:00, of what has come by then: 2 items until now",
    );
    const compiled = { topic: aTopic("gold", "story.publishers>=3"), query: { kind: "publishers", least: 3 } } as const;
    expect(showTopic(compiled, [old, fresh], () => [], settings, { announced: [], now: NOW })).toEqual([
      "gold has nothing yet: of 2 items that were looked at none has a story as story.publishers>=3 asks for",
    ]);
  });
});
