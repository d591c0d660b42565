import fc from "fast-check";
import { expect, test } from "vitest";
import { html, textOfHtml, webUrl } from "../../src/serve/html.ts";

test("what is put in is escaped, in text and in attributes", () => {
  const nasty = `<script>alert("1")</script>' onload='x`;

  const page = textOfHtml(html`<p title="${nasty}">${nasty}</p>`);

  expect(page).not.toContain("<script");
  expect(page).not.toContain("' onload");
  expect(page.match(/"/g)).toHaveLength(2);
});

test("html inside html is left as it is, and so are lists of it", () => {
  const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);

  expect(textOfHtml(html`<ul>${items}</ul>`)).toBe("<ul><li>a</li><li>&lt;b&gt;</li></ul>");
});

test("absent and false leave nothing behind, 0 is a number", () => {
  expect(textOfHtml(html`[${undefined}${false}${0}]`)).toBe("[0]");
});

test("no value from outside passes for html, whatever its shape", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const outside = JSON.parse(JSON.stringify({ evil: "<img src=x onerror=alert(1)>", value })) as Parameters<
        typeof html
      >[1];

      expect(() => html`${outside}`).toThrow();
    }),
  );
});

test("whatever the text, it opens no tag and leaves no attribute", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(textOfHtml(html`${text}`)).not.toMatch(/[<>"']/);
    }),
  );
});

test.each([
  ["https://example.org/a", true],
  ["HTTP://example.org/", true],
  ["javascript:alert(1)", false],
  [" javascript:alert(1)", false],
  ["data:text/html,<script>alert(1)</script>", false],
  ["//example.org/", false],
  ["/relative", false],
  [undefined, false],
])("a link to %s is allowed: %s", (url, allowed) => {
  expect(webUrl(url)).toBe(allowed ? url : undefined);
});
