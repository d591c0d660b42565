import { describe, expect, test } from "vitest";
import { HOUR } from "../../src/model/time.ts";
import { draft, NOON, openPress, other, without } from "./press.ts";

describe("one document", () => {
  test("that says an item twice brings it once", () => {
    const { fresh, repeats } = openPress().read([draft(), draft(), draft({ guid: "b" }), draft({ title: "Other" })]);

    expect(fresh).toHaveLength(1);
    expect(repeats).toBe(3);
  });

  test("with one guid for all items brings them all, once", () => {
    const press = openPress();
    const guid = "https://paper.example/";
    const items = ["a", "b", "c"].map((name) => other(name, { guid }));

    const first = press.read(items);
    const second = press.read([other("d", { guid }), ...items], NOON + HOUR);

    expect(first.fresh).toHaveLength(3);
    expect(new Set(first.fresh.map(({ iri }) => iri)).size).toBe(3);
    expect(second).toMatchObject({ unchanged: 3, revised: [] });
    expect(second.fresh).toMatchObject([{ title: "Title of d" }]);
  });

  test.each([
    ["with guids", []],
    ["without guids", ["guid"]],
  ] as const)("with one page for all items brings them all, once, %s", (_, missing) => {
    const press = openPress();
    const permalink = "https://paper.example/news";
    const item = (name: string) => without(other(name, { permalink }), ...missing);

    const first = press.read([item("a"), item("b"), item("c")]);
    const second = press.read([item("d"), item("a"), item("b"), item("c")], NOON + HOUR);

    expect(first.fresh).toHaveLength(3);
    expect(second).toMatchObject({ unchanged: 3, revised: [] });
    expect(second.fresh).toMatchObject([{ title: "Title of d" }]);
  });

  test("goes on remembering that its items share a guid, also while only one of them is left", () => {
    const press = openPress();
    const items = ["a", "b", "c"].map((name) => other(name, { guid: "1" }));
    press.read(items);

    const { known } = press.read([other("d", { guid: "1" })], NOON + HOUR);

    expect([...known].filter(([key]) => key.startsWith("g:"))).toMatchObject([[expect.any(String), { item: "-" }]]);
  });

  test("with one guid and one page for all items brings them all, once", () => {
    const press = openPress();
    const same = { guid: "1", permalink: "https://paper.example/news" };
    const items = ["a", "b", "c"].map((name) => other(name, same));

    expect(press.read(items).fresh).toHaveLength(3);
    expect(press.read(items)).toMatchObject({ fresh: [], unchanged: 3 });
  });

  test("with two versions of an item, as Atom allows, brings the first", () => {
    const { fresh, repeats } = openPress().read([draft({ title: "Harbour open" }), draft()]);

    expect(fresh).toMatchObject([{ title: "Harbour open" }]);
    expect(repeats).toBe(1);
  });

  test("whose items have the same words but their own guids and pages brings them all", () => {
    const photo = (n: number) =>
      draft({
        guid: `g${n}`,
        permalink: `https://paper.example/photo/${n}`,
        title: "Untitled",
        teaser: "",
        content: "",
      });

    expect(openPress().read([photo(1), photo(2), photo(3)]).fresh).toHaveLength(3);
  });

  test("in which two claim what was one item keeps the stronger claim and the other one as new", () => {
    const press = openPress();
    const [first] = press.read([draft()]).fresh;
    const permalink = draft().permalink ?? "";

    // The guid has moved to another page; the page has got another guid
    const second = press.read([other("b", { permalink }), other("c", { guid: draft().guid ?? "" })], NOON + HOUR);

    expect(second.revised).toMatchObject([{ id: first?.id, title: "Title of c" }]);
    expect(second.fresh).toMatchObject([{ title: "Title of b" }]);
  });

  test("arrives oldest first, undated items beside their neighbours", () => {
    const dated = (name: string, hour: number) => other(name, { publishedAt: NOON - hour * HOUR });
    const undated = without(other("undated"), "publishedAt");

    const { fresh } = openPress().read([
      dated("new", 1),
      undated,
      dated("old", 9),
      dated("older", 10),
      dated("late", 2),
    ]);

    expect(fresh.map(({ title }) => title.replace("Title of ", ""))).toEqual([
      "older",
      "old",
      "undated",
      "late",
      "new",
    ]);
    expect(new Set(fresh.map(({ arrivedAt }) => arrivedAt))).toEqual(new Set([NOON]));
  });

  test("of any length is read in time that grows with it, ten thousand items at most", () => {
    const many = Array.from({ length: 12_000 }, (_, n) => other(`n${n}`));

    expect(openPress().read(many).fresh).toHaveLength(10_000);
  });
});
