import { describe, expect, test } from "vitest";
import { safeHtml } from "../../src/normalise/html.ts";
import { plainText } from "../../src/normalise/plain-text.ts";

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

  test("open elements are closed", () => expect(safe("<p>Ein <b>Wort")).toBe("<p>Ein <b>Wort</b></p>"));

  test("markup that only nests is reduced to its text", () => {
    expect(safe(`${"<i>".repeat(50_000)}Wort${"</b>".repeat(50_000)}`)).toBe("Wort");
  });
});

test("references cannot bring back what XML forbids", () => {
  expect(safeHtml({ text: "<p>Ein&#x1f; Wort&#xfffe;&#0;</p>", type: "html" }, "https://press.example/")).toBe(
    "<p>Ein Wort\ufffd</p>",
  );
  expect(plainText({ text: "Ein&#x1f; Wort&#x8;", type: "html" })).toBe("Ein Wort");
});
