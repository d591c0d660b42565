import { describe, expect, test } from "vitest";
import { read } from "../../src/road.ts";
import { parseBytes, parseText, rss } from "./read-text.ts";

describe("A-29: a document that is made to hurt", () => {
  test("has no entity of its own expanded, and no file of ours in it", async () => {
    const declared = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/hostname">]>`;

    const { items } = await parseText(`${declared}${rss("<item><title>x&b;y&file;z &amp; &#228;</title></item>")}`);

    expect(items).toHaveLength(1);
    expect(items[0]?.title?.text).not.toContain("aaaa");
    expect(items[0]?.title?.text).toMatch(/^x.*z & ä$/);
  });

  test("is read within a second, however deep it is", async () => {
    const started = performance.now();
    await parseBytes(Buffer.from(rss(`<item><title>deep</title>${"<b>".repeat(100_000)}`)));

    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("brings ten thousand items at the most", async () => {
    const items = Array.from({ length: 10_500 }, (_, n) => `<item><guid>n${n}</guid><title>t${n}</title></item>`);

    const reading = await read(
      { url: "https://press.example/feed", headers: {}, bytes: Buffer.from(rss(items.join(""))) },
      [],
    );

    expect(reading.kind === "read" ? reading.drafts.length : reading).toBeLessThanOrEqual(10_000);
  });
});

describe("A-30: the charset", () => {
  const titled = (title: string, prolog = "") => `${prolog}${rss(`<item><title>${title}</title></item>`)}`;
  const titleOf = async (bytes: Uint8Array, contentType = "application/xml") => {
    const parsed = await parseBytes(bytes, { "content-type": contentType });
    return parsed.kind === "parsed" ? parsed.items[0]?.title?.text : parsed.why;
  };

  test.each(["utf16le", "utf16be"])(
    "is what the byte order mark says (%s), whatever the header says",
    async (order) => {
      const bytes = Buffer.from(`\ufeff${titled("Grüße")}`, "utf16le");

      expect(await titleOf(order === "utf16be" ? bytes.swap16() : bytes, "text/xml; charset=iso-8859-1")).toBe("Grüße");
    },
  );

  test("is the header's, then the prolog's, then UTF-8, then windows-1252", async () => {
    const latin = Buffer.from(titled("Grüße"), "latin1");
    const labelled = Buffer.from(titled("Grüße", '<?xml version="1.0" encoding="ISO-8859-1"?>'), "latin1");
    const quoted = Buffer.from(titled("\u0093\u0094"), "latin1");

    expect(await titleOf(latin, "text/xml; charset=iso-8859-1")).toBe("Grüße");
    expect(await titleOf(labelled)).toBe("Grüße");
    expect(await titleOf(Buffer.from(titled("Grüße")))).toBe("Grüße");
    expect(await titleOf(quoted)).toBe("“”");
  });

  test("may be Shift_JIS", async () => {
    const japanese = Buffer.from([0x93, 0xfa, 0x96, 0x7b]);
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?><rss version="2.0"><channel><item><title>'),
      japanese,
      Buffer.from("</title></item></channel></rss>"),
    ]);

    expect(await titleOf(bytes)).toBe("日本");
  });
});
