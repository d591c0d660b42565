import { describe, expect, test } from "vitest";
import { keysOf } from "../../src/identify/identify.ts";
import { feedId } from "../../src/model/ids.ts";
import { DAY, HOUR } from "../../src/model/time.ts";
import { draft, FEED, NOON, openPress, other, without } from "./press.ts";

describe("an item", () => {
  test("is new once, however often its document is read", () => {
    const press = openPress();

    const first = press.read([draft(), other("b")]);
    const second = press.read([draft(), other("b")], NOON + HOUR);

    expect(first).toMatchObject({ unchanged: 0, repeats: 0, churned: 0, revised: [] });
    expect(first.fresh.map(({ title }) => title).sort()).toEqual(["Harbour reopens", "Title of b"]);
    expect(second).toMatchObject({ fresh: [], revised: [], unchanged: 2, churned: 0 });
  });

  test("has the same id in every run and another one in every feed", () => {
    const [here] = openPress().read([draft()]).fresh;
    const [again] = openPress().read([draft()], NOON + DAY).fresh;
    const [elsewhere] = openPress({ ...FEED, id: feedId("other") }).read([draft()]).fresh;

    expect(here?.id).toMatch(/^i[0-9a-f]{20}$/);
    expect(again?.id).toBe(here?.id);
    expect(elsewhere?.id).not.toBe(here?.id);
  });

  test("is known by its guid when page, title and text are other ones", () => {
    const press = openPress();
    const [first] = press.read([draft()]).fresh;

    const second = press.read([other("b", { guid: draft().guid ?? "" })], NOON + HOUR);

    expect(second.fresh).toEqual([]);
    expect(second.revised).toMatchObject([{ id: first?.id, revision: 1, revisedAt: NOON + HOUR, title: "Title of b" }]);
  });

  test.each([
    ["its page", { guid: "churned", title: "Harbour opens again", publishedAt: NOON }],
    ["text and date", { guid: "churned", permalink: "https://paper.example/politics/harbour?token=2" }],
  ])("that comes back under another guid is known by %s", (_, churned) => {
    const press = openPress();
    press.read([draft(), other("b")]);

    const second = press.read([draft(churned), other("b")], NOON + HOUR);
    const third = press.read([draft(churned), other("b")], NOON + DAY);

    expect(second).toMatchObject({ fresh: [], churned: 1 });
    expect(third).toMatchObject({ fresh: [], revised: [], unchanged: 2, churned: 0 });
  });

  test("without a page is known by its text, also under another guid and date", () => {
    const press = openPress();
    press.read([without(draft(), "permalink")]);

    const second = press.read([without(draft({ guid: "churned", publishedAt: NOON }), "permalink")]);

    expect(second).toMatchObject({ fresh: [], revised: [], unchanged: 1, churned: 1 });
  });

  test("without guid and page is kept, and known by its text", () => {
    const press = openPress();
    const bare = without(draft(), "guid", "permalink");

    const first = press.read([bare, without(other("b"), "guid", "permalink")]);
    const second = press.read([bare], NOON + HOUR);

    expect(first.fresh).toHaveLength(2);
    expect(second).toMatchObject({ fresh: [], unchanged: 1 });
  });

  test("without anything at all is one item, with the feed's title", () => {
    const { fresh, repeats } = openPress().read([{}, {}]);

    expect(fresh).toMatchObject([{ title: "The Paper" }]);
    expect(repeats).toBe(1);
  });

  test("is not taken for another one that has the same words every day", () => {
    const press = openPress();
    const weather = (day: number) =>
      other(`weather-${day}`, { title: "Weather today", teaser: "Rain.", content: "", publishedAt: NOON + day * DAY });

    for (let day = 0; day < 5; day += 1) expect(press.read([weather(day)], NOON + day * DAY).fresh).toHaveLength(1);
  });

  test("is not taken for another one that links to the front page, too", () => {
    const press = openPress();
    const permalink = "https://paper.example/";
    press.read([other("a", { permalink })]);

    expect(press.read([other("b", { permalink })]).fresh).toHaveLength(1);
  });

  test("that left the document and returns is the same", () => {
    const press = openPress();
    press.read([draft()]);
    press.read([other("b")]);

    expect(press.read([draft(), other("b")])).toMatchObject({ fresh: [], unchanged: 2 });
  });

  test("keeps its id when its guids alternate, and is revised by what it says alone", () => {
    const press = openPress();
    press.read([draft({ guid: "one" })]);
    const changed = press.read([draft({ guid: "two", title: "Harbour open" })]);
    const back = press.read([draft({ guid: "one", title: "Harbour open" })]);

    expect(changed.revised).toMatchObject([{ revision: 1 }]);
    expect(back).toMatchObject({ fresh: [], revised: [], unchanged: 1 });
  });
});

describe("keys", () => {
  test("come strongest first, short and of the known kinds", () => {
    const keys = keysOf(draft());

    expect(keys.map((key) => key.slice(0, 2))).toEqual(["g:", "l:", "d:", "t:"]);
    for (const key of keys) expect(key).toMatch(/^[glt]:[\w-]{16}$|^d:[\w-]{16}\.[0-9a-z]{1,9}$/);
  });

  test("of every item in the document are remembered, so that none of them is forgotten while it is listed", () => {
    const press = openPress();
    press.read([draft(), other("b")]);

    const { known } = press.read([draft(), other("b")], NOON + DAY);

    expect([...known.keys()].sort()).toEqual([...keysOf(draft()), ...keysOf(other("b"))].sort());
  });
});
