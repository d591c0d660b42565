import { describe, expect, test } from "vitest";
import { enlist, readOpml } from "../../src/discover/discover.ts";
import { subscriptionAttributes } from "../../src/publish/publish.ts";
import { readSections } from "../../src/settings/settings.ts";
import { aFeed, aPublisher, ROOT } from "../support/test-settings.ts";

const house = {
  publishers: [aPublisher("elbbote", { title: "Elbbote", homeUrl: "https://elbbote.example/" })],
  feeds: [aFeed("elbbote", "elbbote", "https://elbbote.example/rss")],
  sections: readSections(`${ROOT}/config`),
};

function enlisted(body: string) {
  const reading = readOpml(`<opml><body>${body}</body></opml>`);
  if (reading.kind !== "read") throw new Error(reading.why);
  return enlist(reading.subscriptions, house, subscriptionAttributes);
}

const feed = (url: string, more = ""): string =>
  `<outline type="rss" text="Feed ${url.length}" xmlUrl="${url}" ${more}/>`;

describe("a list's feeds become ours", () => {
  test("in the section that a folder names, in any of its languages, or that their category is", () => {
    const { enrolments } = enlisted(
      `<outline text="Wirtschaft">${feed("https://a.example/1")}</outline>
       <outline text="BUSINESS">${feed("https://a.example/12")}</outline>
       <outline text="Deutschland">${feed("https://a.example/123")}</outline>
       ${feed("https://a.example/1234", 'category="/Tech,/sport"')}`,
    );

    expect(enrolments.map((one) => one.feed.section)).toEqual(["wirtschaft", "wirtschaft", undefined, "sport"]);
  });

  test("with the publisher that a folder names, else with the one of their domain", () => {
    const { enrolments } = enlisted(
      `<outline text="Elbbote">${feed("https://anywhere.example/1")}</outline>
       ${feed("https://www.elbbote.example/sport")}${feed("https://feedburner.com/x", 'htmlUrl="https://elbbote.example/"')}`,
    );

    expect(enrolments.map((one) => [one.feed.publisher, one.newPublisher])).toEqual([
      ["elbbote", undefined],
      ["elbbote", undefined],
      ["elbbote", undefined],
    ]);
  });

  test("with new publishers named after their one feed, their folder, or their domain", () => {
    const { enrolments } = enlisted(
      `${feed("https://allein.example/1", 'title="Allein" htmlUrl="https://allein.example/blog/"')}
       <outline text="Isarblatt">${feed("https://isar.example/1")}${feed("https://isar.example/12")}</outline>
       <outline text="Gemischt">${feed("https://alster.example/1")}${feed("https://andere.example/1")}</outline>
       ${feed("https://alster.example/12", 'htmlUrl="https://alster.example/kultur/"')}`,
    );

    expect(enrolments.flatMap(({ newPublisher }) => newPublisher ?? [])).toEqual([
      { id: "allein", title: "Allein", homeUrl: "https://allein.example/blog/" },
      { id: "isar", title: "Isarblatt" },
      { id: "alster", title: "alster.example" },
      { id: "andere", title: "Feed 24" },
    ]);
  });

  test("keep what no key of ours says, and only that", () => {
    const { enrolments } = enlisted(
      `<outline text="Neu">${feed("https://neu.example/1", 'title="Neu" language="de-AT" htmlUrl="https://neu.example/" x="y"')}</outline>
       <outline text="Elbbote"><outline type="rss" text="Elbbote: Sport" title="Elbbote: Sport" xmlUrl="https://elbbote.example/2" htmlUrl="https://elbbote.example/"/></outline>`,
    );

    expect(enrolments[0]?.feed).toMatchObject({
      title: "Neu",
      outline: { folders: [["Neu"]], attributes: { text: "Feed 21", language: "de-AT", x: "y" } },
    });
    expect(enrolments[0]?.feed.outline?.attributes).not.toHaveProperty("xmlUrl");
    expect(enrolments[0]?.newPublisher?.language).toBe("de-at");
    expect(enrolments[1]?.feed).not.toHaveProperty("outline");
  });

  test("unless they are there", () => {
    const { enrolments, known } = enlisted(feed("http://www.elbbote.example/rss/"));

    expect(enrolments).toEqual([]);
    expect(known).toMatchObject([{ feed: { id: "elbbote" } }]);
  });
});
