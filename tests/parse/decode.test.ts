import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { parseBytes } from "./read-text.ts";

const titled = (prolog: string, title: string): string =>
  `${prolog}<rss version="2.0"><channel><title>${title}</title></channel></rss>`;

async function titleOf(bytes: Uint8Array, contentType?: string): Promise<string | undefined> {
  const parsed = await parseBytes(bytes, contentType === undefined ? {} : { "content-type": contentType });
  return parsed.kind === "parsed" ? parsed.feed.title?.text : undefined;
}

describe("bytes become text", () => {
  test.each([
    ["windows-1252", "Bäckerei „Süßes Eck“ – 5 €"],
    ["iso-8859-15", "Bäckerei für 5 €"],
    ["windows-1251", "Новости дня"],
    ["koi8-r", "Новости дня"],
    ["euc-kr", "오늘의 소식"],
    ["big5", "今日新聞"],
    ["gb2312", "今日新闻"],
    ["shift_jis", "今日のニュース"],
    ["iso-8859-7", "Ειδήσεις"],
  ])("as the XML prolog says: %s", async (charset, title) => {
    const text = titled(`<?xml version="1.0" encoding="${charset}"?>`, title);

    expect(await titleOf(iconv.encode(text, charset))).toBe(title);
  });

  test("the HTTP charset is believed before the prolog", async () => {
    const bytes = iconv.encode(titled('<?xml version="1.0" encoding="utf-8"?>', "Straße"), "windows-1252");

    expect(await titleOf(bytes, "text/xml; charset=windows-1252")).toBe("Straße");
  });

  test.each(["utf-16le", "utf-16be", "utf-32le", "utf-32be"])(
    "%s is known by its first bytes, with and without a mark",
    async (charset) => {
      const text = titled("", "Straße");

      expect(await titleOf(iconv.encode(text, charset))).toBe("Straße");
      expect(await titleOf(iconv.encode(text, charset, { addBOM: true }), "text/xml; charset=us-ascii")).toBe("Straße");
    },
  );

  test("ISO-8859-1 is read as windows-1252, since that is what publishers send under that name", async () => {
    const bytes = iconv.encode(titled('<?xml version="1.0" encoding="ISO-8859-1"?>', "„Ja“ – für 5 €"), "windows-1252");

    expect(await titleOf(bytes)).toBe("„Ja“ – für 5 €");
  });

  test("UTF-8 under a Latin label stays UTF-8", async () => {
    expect(await titleOf(Buffer.from(titled('<?xml version="1.0" encoding="ISO-8859-1"?>', "Straße")))).toBe("Straße");
  });

  test("UTF-16 in the label of a document of single bytes is a lie", async () => {
    expect(await titleOf(Buffer.from(titled('<?xml version="1.0" encoding="utf-16"?>', "Straße")))).toBe("Straße");
  });

  test("without any label what is not UTF-8 is windows-1252", async () => {
    expect(await titleOf(iconv.encode(titled("", "Grüße – fünf"), "windows-1252"))).toBe("Grüße – fünf");
  });

  test("one broken byte does not cost all the others of a UTF-8 document", async () => {
    const bytes = Buffer.concat([
      Buffer.from("<rss><channel><title>Größe, Süße"),
      Buffer.from([0xff]),
      Buffer.from("</title></channel></rss>"),
    ]);

    expect(await titleOf(bytes)).toMatch(/^Größe, Süße/);
  });

  test("codes of windows-1252 in a Unicode document mean what they mean there", async () => {
    expect(await titleOf(Buffer.from(titled("", "don\u0092t")))).toBe("don’t");
  });

  test("an unknown charset is no reason to give up", async () => {
    expect(await titleOf(Buffer.from(titled('<?xml version="1.0" encoding="x-nowhere"?>', "Straße")))).toBe("Straße");
  });
});
