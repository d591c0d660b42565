import { expect, test } from "vitest";
import { storyId } from "../../src/model/ids.ts";
import { documentsOf, entry, topic, topicFeed } from "./press.ts";

const related = [
  { story: storyId("s/0"), title: "Windpark vor Wustrow genehmigt & gebaut" },
  { story: storyId("s9"), title: "" },
];
const plain = topicFeed(entry());
const naming = topicFeed(entry({}, { related }));

test("all three formats name earlier stories at the end, with the way to our pages", () => {
  const { rss, atom, json } = documentsOf(naming);
  const list =
    "<p>Mehr zum Thema</p><ul>" +
    '<li><a href="https://feeds.example.org/stories/s%2F0">Windpark vor Wustrow genehmigt &amp; gebaut</a></li>' +
    '<li><a href="https://feeds.example.org/stories/s9">Ohne Titel</a></li></ul>';

  const [html] = JSON.parse(json.text).items.map((item: { content_html: string }) => item.content_html);
  expect(html.endsWith(list)).toBe(true);
  expect(rss.text).toContain(`${list}]]></content:encoded>`);
  expect(atom.text).toContain("&lt;p&gt;Mehr zum Thema&lt;/p&gt;");
});

test("in an English topic they are said in English", () => {
  const english = { ...naming, topic: { ...topic, language: "en" } };

  expect(documentsOf(english).rss.text).toContain("<p>More on this</p><ul>");
});

test("nothing else of the documents changes with them: no id, no date", () => {
  const dates = /<(?:guid|pubDate|lastBuildDate|updated|published|id)\b[^>]*>[^<]*/g;

  for (const format of ["rss", "atom"] as const)
    expect(documentsOf(naming)[format].text.match(dates)).toEqual(documentsOf(plain)[format].text.match(dates));
  expect(documentsOf(naming).rss.modifiedAt).toBe(documentsOf(plain).rss.modifiedAt);
});
