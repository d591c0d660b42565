import { describe, expect, test } from "vitest";
import { readHtml } from "../../src/normalise/html.ts";
import { chooseImage } from "../../src/normalise/image.ts";
import { read } from "../../src/road.ts";

const ITEM = { authors: [], categories: [], enclosures: [] } as const;
const BASE = "https://press.example/a";

const imageIn = (html: string) => chooseImage(ITEM, BASE, readHtml({ text: html, type: "html" }, BASE).pictures);

async function imageOf(item: string, about = "") {
  const text = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>x</title>${about}<item><title>x</title>${item}</item></channel></rss>`;
  const reading = await read({ url: "https://press.example/rss", headers: {}, bytes: Buffer.from(text) }, []);
  return reading.kind === "read" ? reading.drafts[0]?.image : undefined;
}

describe("wherever publishers hide it", () => {
  test.each([
    ["media:content", '<media:content url="/a.jpg" medium="image"/>'],
    ["media:thumbnail", '<media:thumbnail url="/a.jpg"/>'],
    [
      "media:group",
      '<media:group><media:content url="/a.mp4" type="video/mp4"/><media:content url="/a.jpg" type="image/jpeg"/></media:group>',
    ],
    [
      "media:content with a thumbnail inside",
      '<media:content url="/a.mp4" type="video/mp4"><media:thumbnail url="/a.jpg"/></media:content>',
    ],
    ["enclosure", '<enclosure url="/a.jpg" type="image/jpeg" length="1"/>'],
    ["itunes:image", '<itunes:image href="/a.jpg"/>'],
    ["podcast:images", '<podcast:images srcset="/a.jpg 1500w, /b.jpg 300w"/>'],
    ["image", "<image>/a.jpg</image>"],
    ["image with a url", "<image><url>/a.jpg</url></image>"],
    ["og:image", '<og:image xmlns:og="http://ogp.me/ns#">/a.jpg</og:image>'],
    ["description", '<description>&lt;img src="/a.jpg"&gt; Ein Wort</description>'],
  ])("%s", async (_, item) => expect(await imageOf(item)).toEqual({ url: "https://press.example/a.jpg" }));
});

describe("of those that the publisher names the one of the best size for a card", () => {
  const of = (...images: readonly (readonly [string, number?])[]) =>
    chooseImage(
      { ...ITEM, images: images.map(([url, width]) => ({ url, ...(width !== undefined && { width }) })) },
      BASE,
      [],
    )?.url;

  test("is the smallest that fills it, else one of unsaid size, else the widest", () => {
    expect(of(["/140.jpg", 140], ["/2000.jpg", 2000], ["/900.jpg", 900])).toBe("https://press.example/900.jpg");
    expect(of(["/140.jpg", 140], ["/unsaid.jpg"])).toBe("https://press.example/unsaid.jpg");
    expect(of(["/140.jpg", 140], ["/460.jpg", 460])).toBe("https://press.example/460.jpg");
  });

  test("is no counter and no icon", () => {
    expect(of(["/16.png", 16], ["https://ssl.vgwort.de/na/1"])).toBeUndefined();
    expect(of(["javascript:alert(1)"])).toBeUndefined();
  });
});

describe("in a text it is the first one that shows something", () => {
  test.each([
    '<img src="https://secure.gravatar.com/avatar/1?s=96">',
    '<img src="https://s.w.org/images/core/emoji/13.1.0/72x72/1f1e8.png">',
    '<img src="/icons/mail.png">',
    '<img src="/images/share-button.gif">',
    '<img src="/b.jpg" width="30" height="30">',
    '<img src="/spacer.gif">',
    '<img src="https://img.shields.io/badge/x.svg">',
  ])("and not %s", (decoration) => {
    expect(imageIn(decoration)).toBeUndefined();
    expect(imageIn(`<p>Ein ${decoration} Wort</p><img src="/c.jpg" width="600" height="400">`)).toEqual({
      url: "https://press.example/c.jpg",
      width: 600,
      height: 400,
    });
  });

  test("in the best of its sizes", () => {
    expect(imageIn('<img src="/s.jpg" width="300" srcset="/s.jpg 300w, /m.jpg 900w, /l.jpg 2000w">')).toEqual({
      url: "https://press.example/m.jpg",
      width: 900,
    });
  });

  test("a picture of a badger is a picture", () => {
    expect(imageIn('<img src="/badger-share-honey.jpg">')?.url).toBe("https://press.example/badger-share-honey.jpg");
    expect(imageIn('<img src="/silicon-valley.jpg">')?.url).toBe("https://press.example/silicon-valley.jpg");
  });
});
