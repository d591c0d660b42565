import { describe, expect, test } from "vitest";
import type { Markup } from "../../src/model/parsed.ts";
import { readHtml } from "../../src/normalise/html.ts";
import { plainText } from "../../src/normalise/plain-text.ts";

const safeHtml = (markup: Markup, base: string): string => readHtml(markup, base).html;
const safe = (html: string, base = "https://press.example/a/b"): string => safeHtml({ text: html, type: "html" }, base);

describe("no publisher runs anything on our pages", () => {
  test.each([
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)'//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><script>alert(1)</script></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example' onmouseover='alert(1)'>x</a>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<video poster='javascript:alert(1)' src='javascript:alert(1)'></video>",
    "<img src='javascript:alert(1)' srcset='javascript:alert(1) 2x'>",
    "<details open ontoggle=alert(1)>x</details>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<xmp><script>alert(1)</script></xmp>",
    "<a href='x' id='top' class='x' name='y' target='_parent'>x</a>",
  ])("%s", (attack) => {
    const html = safe(`vorher ${attack} nachher`);

    expect(html).not.toMatch(/<(?:script|iframe|object|embed|svg|math|style|form|link|meta|base|template|textarea)/i);
    expect(html).not.toMatch(/<[^>]*(?:\son\w+\s*=|javascript:|vbscript:|data:|srcset|style=|id=|class=|target=)/i);
  });

  test("text is escaped, not read", () => {
    expect(safeHtml({ text: "<script>1 & 2</script>", type: "text" }, "https://press.example/")).toBe(
      "&lt;script&gt;1 &amp; 2&lt;/script&gt;",
    );
  });
});

describe("what people came for stays", () => {
  test("words, their order and their markup", () => {
    const html =
      "<h2>Titel</h2><p>Ein <b>Wort</b>, <em>zwei</em>.</p><ul><li>eins</li></ul><blockquote>Zitat</blockquote>";

    expect(safe(html)).toBe(html);
  });

  test("addresses become absolute, against the markup's own base first", () => {
    expect(safe('<a href="../c?x=1&amp;y=2">x</a>')).toBe('<a href="https://press.example/c?x=1&amp;y=2">x</a>');
    expect(
      safeHtml(
        { text: '<img src="d.jpg" alt="Bild" />', type: "html", base: "https://bild.example/" },
        "https://press.example/",
      ),
    ).toBe('<img src="https://bild.example/d.jpg" alt="Bild" />');
    expect(safe('<a href="mailto:jo@press.example">x</a>')).toBe('<a href="mailto:jo@press.example">x</a>');
  });

  test("pictures that count readers are taken out", () => {
    expect(
      safe(
        'a<img src="https://a.example/p.gif" width="1" height="1">b<img src="https://x.vgwort.de/na/1">c<img alt="leer">d',
      ),
    ).toBe("abcd");
  });

  test.each([
    ["the publisher's own", '<img src="/count.rss?id=1" alt="">'],
    ["authors' society", '<img src="//ssl-vg03.met.vgwort.de/na/0a1b" width="10" height="10">'],
    ["FeedBurner", '<img src="http://feeds.feedburner.com/~r/nordblatt/~4/0a1b">'],
    ["WordPress", '<img src="https://pixel.wp.com/b.gif?host=x">'],
    ["advertisers", '<img src="https://ad.doubleclick.net/ddm/trackimp/1">'],
    ["Google", '<img src="https://www.google-analytics.com/collect?v=1">'],
    ["feedsportal", '<a href="http://da.feedsportal.com/r/1"><img src="http://da.feedsportal.com/r/1.img"></a>'],
    ["Medium", '<img src="https://medium.com/_/stat?event=post.clientViewed">'],
    ["invisible", '<p><a href="https://x.example/"><img src="https://x.example/a.png" height="1"></a></p>'],
  ])("counters leave nothing behind: %s", (_, counter) => {
    expect(safe(`<p>Ein Wort</p>${counter}`)).toBe("<p>Ein Wort</p>");
  });

  test("pictures that load late are taken from where they wait", () => {
    const shown = '<img src="https://press.example/d.jpg" alt="Bild" />';

    expect(safe('<img src="data:image/gif;base64,R0lGOD" data-src="/d.jpg" alt="Bild">')).toBe(shown);
    expect(safe('<img data-lazy-src="/d.jpg" src="/lazy_placeholder.gif" alt="Bild">')).toBe(shown);
    expect(safe('<img class="x" data-original="/d.jpg" alt="Bild">')).toBe(shown);
    expect(safe('<img src="/d.jpg" data-src="/later.jpg" alt="Bild">')).toBe(shown);
    expect(safe('<picture><source srcset="/s.webp 300w, /d.jpg 900w"><img src="data:," alt="Bild"></picture>')).toBe(
      shown,
    );
  });

  test("pictures in several sizes keep them, absolute", () => {
    expect(
      safe('<img src="a.jpg" srcset="a.jpg 300w, /b,c.jpg 900w,https://bild.example/d.jpg 2x, javascript:x 3x">'),
    ).toBe(
      '<img src="https://press.example/a/a.jpg" srcset="https://press.example/a/a.jpg 300w, https://press.example/b%2Cc.jpg 900w, https://bild.example/d.jpg 2x" />',
    );
  });

  test("figures keep picture and caption", () => {
    expect(
      safe(
        '<figure class="x"><picture><source srcset="a.webp" type="image/webp"><img src="/a.jpg"></picture><figcaption>Ein Bild</figcaption></figure>',
      ),
    ).toBe('<figure><img src="https://press.example/a.jpg" /><figcaption>Ein Bild</figcaption></figure>');
  });

  test.each([
    ["https://www.youtube.com/embed/a1b2c3d4e5f?rel=0", "https://www.youtube.com/watch?v=a1b2c3d4e5f", "youtube.com"],
    ["//player.vimeo.com/video/123456", "https://vimeo.com/123456", "vimeo.com"],
    ["https://video.press.example/embed/1", "https://video.press.example/embed/1", "video.press.example"],
  ])("a player becomes a link: %s", (frame, page, host) => {
    expect(safe(`a<iframe src="${frame}" allowfullscreen><p>Ihr Browser</p></iframe>b`)).toBe(
      `a<a href="${page}">▶ ${host}</a>b`,
    );
  });

  test("other frames, forms and what they hold are left out", () => {
    expect(safe('a<iframe src="https://press.example/newsletter"></iframe>b')).toBe("ab");
    expect(safe("<form action=/x>Ihre Meinung<select><option>gut</select><textarea>x</textarea></form>")).toBe(
      "Ihre Meinung",
    );
  });

  test("open elements are closed", () => expect(safe("<p>Ein <b>Wort")).toBe("<p>Ein <b>Wort</b></p>"));

  test("markup that only nests is reduced to its text", () => {
    expect(safe(`${"<i>".repeat(50_000)}Wort${"</b>".repeat(50_000)}`)).toBe("Wort");
  });
});

describe("texts that were made to take long take no longer than others", () => {
  const hostile: readonly (readonly [string, (length: number) => string])[] = [
    ["x<p", (length) => "x<p".repeat(length / 3)],
    ["<", (length) => "<".repeat(length)],
    ["<b>", (length) => "<b>".repeat(length / 3)],
    ["<b></i>", (length) => "<b></i>".repeat(length / 7)],
    ["many open, then many closed", (length) => "<b>".repeat(999) + "<i></i>".repeat(length / 7)],
    ["x<img>", (length) => "x<img>".repeat(length / 6)],
    ["srcset", (length) => `<img src=x srcset="${"a 1x,".repeat(length / 5)}">`],
    ["commas", (length) => `<img src=x srcset="${",".repeat(length)}">`],
    ["sources", (length) => "<source srcset='a 1x'>".repeat(length / 22)],
    ["attributes", (length) => `<a ${Array.from({ length: length / 10 }, (_, at) => `a${at}=1`).join(" ")}>`],
    ["&amp;", (length) => "&amp;".repeat(length / 5)],
    ["<!--", (length) => "<!--".repeat(length / 4)],
    ["white space", (length) => ` ${"\n ".repeat(length / 2)}x`],
  ];

  test.each(hostile)("%s", (_, make) => {
    const [short, long] = [20_000, 200_000].map((length) => {
      const text = make(length);
      const times = Array.from({ length: 3 }, () => {
        const before = process.cpuUsage();
        readHtml({ text, type: "html" }, "https://press.example/");
        plainText({ text, type: "html" });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      return Math.min(...times);
    });

    // milliseconds: the clock is coarse, so that what is over at once has no ratio
    expect(long).toBeLessThan(Math.max(25, 14 * (short ?? 0)));
  });
});

test("references cannot bring back what XML forbids", () => {
  expect(safeHtml({ text: "<p>Ein&#x1f; Wort&#xfffe;&#0;</p>", type: "html" }, "https://press.example/")).toBe(
    "<p>Ein Wort\ufffd</p>",
  );
  expect(plainText({ text: "Ein&#x1f; Wort&#x8;", type: "html" })).toBe("Ein Wort");
});
