import { describe, expect, test } from "vitest";
import { type OpmlReading, readOpml } from "../../src/discover/discover.ts";
import { growth, LINEAR } from "./growth.ts";

const list = (body: string, head = "") => `<?xml version="1.0"?><opml version="2.0"${head}><body>${body}</body></opml>`;

function read(text: string): Extract<OpmlReading, { kind: "read" }> {
  const reading = readOpml(text);
  if (reading.kind !== "read") throw new Error(reading.why);
  return reading;
}

describe("an OPML list", () => {
  test("gives its feeds with their folders and all that is said of them", () => {
    const { subscriptions } = read(
      list(
        `<outline text="Presse"><outline text="Norden" title="Norden">
           <outline type="rss" text="Elbbote" title="Der Elbbote" xmlUrl="https://elbbote.example/rss?a=1&amp;b=2"
             htmlUrl="https://elbbote.example/" language="de" category="/a,b" frss:priority="main"/>
         </outline></outline><outline text="Oben" xmlUrl="https://oben.example/feed"/>`,
        ' xmlns:frss="https://frss.example/opml"',
      ),
    );

    expect(subscriptions).toEqual([
      {
        url: "https://elbbote.example/rss?a=1&b=2",
        title: "Der Elbbote",
        folders: [["Presse", "Norden"]],
        attributes: {
          type: "rss",
          text: "Elbbote",
          title: "Der Elbbote",
          xmlUrl: "https://elbbote.example/rss?a=1&b=2",
          htmlUrl: "https://elbbote.example/",
          language: "de",
          category: "/a,b",
          "frss:priority": "main",
          "xmlns:frss": "https://frss.example/opml",
        },
      },
      {
        url: "https://oben.example/feed",
        title: "Oben",
        folders: [[]],
        attributes: { text: "Oben", xmlUrl: "https://oben.example/feed" },
      },
    ]);
  });

  test("is read as programs write it: any case, stray characters, no root, nothing closed", () => {
    const { subscriptions } = read(
      `<OUTLINE TEXT="A & B < C" XMLURL='https://a.example/?x=1&y=2&copy=3'>
       <outline text="B&nbsp;2" xmlurl="feed://b.example/rss"><outline title=C xmlUrl=https://c.example/`,
    );

    expect(subscriptions.map(({ title, url }) => [title, url])).toEqual([
      ["A & B < C", "https://a.example/?x=1&y=2&copy=3"],
      ["B 2", "http://b.example/rss"],
    ]);
  });

  test("loses no outline in silence", () => {
    const { subscriptions, repeated, skipped, dropped } = read(
      list(`
        <outline text="gut" xmlUrl="https://gut.example/feed/"/>
        <outline text="noch einmal" xmlUrl="http://www.gut.example/feed"/>
        <outline text="böse" xmlUrl="javascript:alert(1)"/>
        <outline text="Datei" xmlUrl="file:///etc/passwd"/>
        <outline text="geheim" xmlUrl="https://name:word@geheim.example/"/>
        <outline text="leer"/>
        <outline text="Liste" type="include" url="https://liste.example/opml"/>
        <outline text="aus" isComment="true"><outline text="innen" xmlUrl="https://innen.example/"/></outline>
        <outline text="fast" xmlUrl="https://fast.example/" htmlUrl="javascript:alert(1)" x:y="1" onclick="${"x".repeat(3000)}"/>`),
    );

    expect(subscriptions.map(({ title }) => title)).toEqual(["gut", "fast"]);
    expect(subscriptions[1]?.attributes).toEqual({ text: "fast", xmlUrl: "https://fast.example/" });
    expect(repeated).toEqual([{ outline: "noch einmal", why: 'is "gut" once more' }]);
    expect(Object.fromEntries(skipped.map(({ outline, why }) => [outline, why]))).toEqual({
      böse: expect.stringContaining("javascript:alert(1)"),
      Datei: expect.stringContaining("no http(s) URL"),
      geheim: expect.stringContaining("password"),
      leer: "is a folder without feeds",
      Liste: expect.stringContaining("https://liste.example/opml"),
      innen: "is commented out",
    });
    expect(Object.fromEntries(dropped)).toEqual({ htmlUrl: 1, "x:y": 1, onclick: 1 });
  });

  test("that names a feed in two folders keeps both", () => {
    const feed = '<outline text="A" xmlUrl="https://a.example/"/>';
    const { subscriptions } = read(
      list(`<outline text="X">${feed}${feed}</outline><outline text="Y">${feed}</outline>`),
    );

    expect(subscriptions).toMatchObject([{ folders: [["X"], ["Y"]] }]);
  });

  test.each([
    ["no outline", "<html><body>Kein OPML</body></html>", "no <outline>"],
    ["nothing", "", "no <outline>"],
    ["endless folders", list("<outline text=a>".repeat(5000)), "deep"],
    ["too many outlines", list('<outline text="a"/>'.repeat(50_001)), "50000"],
    [
      "long names of folders before many feeds",
      list(
        `<outline text="${"x".repeat(1000)}">`.repeat(90) +
          Array.from({ length: 2000 }, (_, n) => `<outline xmlUrl="https://a.example/${n}"/>`).join(""),
      ),
      "too long",
    ],
  ])("with %s is refused with the reason", (_, text, why) => {
    expect(readOpml(text)).toEqual({ kind: "unreadable", why: expect.stringContaining(why) });
  });

  test("expands no entity, and names none", () => {
    const bomb = `<!DOCTYPE opml [<!ENTITY a "${"ha".repeat(1000)}"><!ENTITY b "${"&a;".repeat(1000)}">
      <!ENTITY x SYSTEM "file:///etc/passwd">]>`;

    const { subscriptions } = read(bomb + list('<outline text="&b;&x;" xmlUrl="https://a.example/"/>'));

    expect(subscriptions[0]?.title).toBe("&b;&x;");
  });
});

test("B-20: ten thousand outlines are read in less than two seconds", () => {
  const outline = (n: number): string =>
    `<outline text="Feed ${n}" title="Feed ${n}" type="rss" xmlUrl="https://a${n % 99}.example/${n}"/>`;
  const text = list(Array.from({ length: 10_000 }, (_, n) => outline(n)).join("\n"));
  const started = performance.now();

  const { subscriptions } = read(text);

  expect(performance.now() - started).toBeLessThan(2000);
  expect(subscriptions).toHaveLength(10_000);
});

test.each([
  [
    "one feed in ever other folders",
    (n: number) =>
      Array.from(
        { length: n },
        (_, at) => `<outline text="${at}"><outline xmlUrl="https://a.example/"/></outline>`,
      ).join(""),
  ],
  ["closing tags that nobody opened", (n: number) => `<outline text="a">${"</b>".repeat(n)}`],
  [
    "attributes without end",
    (n: number) => `<outline ${Array.from({ length: n }, (_, at) => `a${at}="b"`).join(" ")}/>`,
  ],
  ["references without end", (n: number) => `<outline text="${"&amp;".repeat(n)}"/>`],
  [
    "ever new namespaces",
    (n: number) => Array.from({ length: n }, (_, at) => `<outline xmlns:n${at}="u" n${at}:a="b"/>`).join(""),
  ],
])("a list made to hurt costs ten times the time for ten times the size: %s", (_, made) => {
  const texts = new Map([2000, 20_000].map((n) => [n, list(made(n))]));

  expect(growth(2000, (n) => readOpml(texts.get(n) ?? ""))).toBeLessThan(LINEAR);
});
