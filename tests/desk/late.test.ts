import { describe, expect, test } from "vitest";
import { itemId } from "../../src/model/ids.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { itemOf, MORNING, Newsroom } from "./entries.ts";

const FERRY = "Fähre vor Amrum auf Grund gelaufen, alle Passagiere gerettet";

/** An item of a feed's archive: it comes now and arrived at its date. */
const fromArchive = (id: string, title: string, days: number) => ({
  kind: "new" as const,
  item: { ...itemOf({ id, title, publisher: "archiv" }), arrivedAt: MORNING - days * DAY },
});

describe("an item older than what the desk looks back on", () => {
  test("stands alone, filed, and with the reason", () => {
    const room = new Newsroom();
    const [live] = room.tell({ title: FERRY });

    room.take(fromArchive("alt", FERRY, 5));

    expect(room.on(live).story).not.toBe(room.on(itemId("alt")).story);
    expect(room.on(itemId("alt"))).not.toHaveProperty("copyOf");
    expect(room.on(itemId("alt")).reasons).toMatchObject([{ about: "story", rule: "late" }]);
  });

  test("leaves nothing behind that news of today could be taken for", () => {
    const room = new Newsroom();
    room.tell({ title: "Sternwarte öffnet nachts" });
    const before = room.desk.size;

    for (let n = 0; n < 100; n += 1) room.take(fromArchive(`alt-${n}`, `${FERRY} (${n})`, 5 + n));
    const [live] = room.tell({ title: FERRY, hour: 1 });

    expect(room.desk.size).toMatchObject({ items: before.items + 1, stories: before.stories + 1 });
    expect(room.reason(live, "story")).toMatchObject({ rule: "first" });
  });

  test("gets the same decision when it is told twice", () => {
    const room = new Newsroom();
    room.tell({ title: "Sternwarte öffnet nachts" });
    const entry = fromArchive("alt", FERRY, 5);

    expect(room.take(entry).decisions).toEqual(room.take(entry).decisions);
  });

  test("is news where the desk knows no later time: the archive of its first feed", () => {
    const room = new Newsroom();
    room.take(fromArchive("a", FERRY, 9));
    room.take({ kind: "new", item: { ...itemOf({ id: "b", title: FERRY }), arrivedAt: MORNING - 9 * DAY + HOUR } });

    expect(room.on(itemId("b"))).toMatchObject({ copyOf: "a" });
  });
});
