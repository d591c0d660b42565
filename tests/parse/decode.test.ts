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
    ["gb18030", "今日新闻 𠀀"],
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

  test("GB2312 is read as GB18030, which holds it", async () => {
    const bytes = iconv.encode(titled('<?xml version="1.0" encoding="gb2312"?>', "今日新闻 𠀀"), "gb18030");

    expect(await titleOf(bytes)).toBe("今日新闻 𠀀");
  });

  test("ISO-2022-JP is read, though its bytes are all ASCII", async () => {
    const title = "\x1b$B%K%e!<%9\x1b(B";

    expect(await titleOf(Buffer.from(titled('<?xml version="1.0" encoding="iso-2022-jp"?>', title)))).toBe("ニュース");
  });

  test.each(["koi8-r", "windows-1251", "gb2312", "shift_jis", "euc-kr", "big5"])(
    "UTF-8 under the label %s stays UTF-8: no other charset looks like it by chance",
    async (charset) => {
      const bytes = Buffer.from(titled(`<?xml version="1.0" encoding="${charset}"?>`, "Straße – 今日 – Новости"));

      expect(await titleOf(bytes)).toBe("Straße – 今日 – Новости");
      expect(await titleOf(bytes, `text/xml; charset=${charset}`)).toBe("Straße – 今日 – Новости");
    },
  );

  test("a server's habit of saying Latin-1 loses against a prolog that names another script", async () => {
    const bytes = iconv.encode(titled('<?xml version="1.0" encoding="koi8-r"?>', "Новости"), "koi8-r");

    expect(await titleOf(bytes, "text/xml; charset=ISO-8859-1")).toBe("Новости");
  });

  test("between two charsets that both may be, that of the HTTP answer counts", async () => {
    const bytes = iconv.encode(titled('<?xml version="1.0" encoding="windows-1251"?>', "Новости"), "koi8-r");

    expect(await titleOf(bytes, "text/xml; charset=koi8-r")).toBe("Новости");
  });

  test("a UTF-8 mark is no part of the text, and stronger than any label", async () => {
    const bytes = Buffer.from(`\ufeff${titled('<?xml version="1.0" encoding="iso-8859-1"?>', "Straße")}`);

    expect(await titleOf(bytes, "text/xml; charset=koi8-r")).toBe("Straße");
  });

  test("UTF-16 without a mark is known though white space comes first", async () => {
    const text = `\n ${titled("", "Straße 今日")}`;

    expect(await titleOf(iconv.encode(text, "utf-16le"))).toBe("Straße 今日");
    expect(await titleOf(iconv.encode(text, "utf-16be"))).toBe("Straße 今日");
  });

  test("one broken byte in Shift_JIS does not make it another charset", async () => {
    const [head = "", tail = ""] = titled('<?xml version="1.0" encoding="shift_jis"?>', "今日の|ニュース").split("|");
    const bytes = Buffer.concat([
      iconv.encode(head, "shift_jis"),
      Buffer.from([0xff]),
      iconv.encode(tail, "shift_jis"),
    ]);

    expect(await titleOf(bytes)).toMatch(/^今日の.ニュース$/);
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
