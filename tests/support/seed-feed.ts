import { readFileSync } from "node:fs";
import path from "node:path";
import { SHARED } from "./test-settings.ts";

/** One item as the page prints it. */
export interface SeedItem {
  readonly section: string;
  readonly title: string;
  readonly date: string;
  readonly teaser: string;
}

const FILE = path.join(SHARED, "seed", "dwn-article-page.txt");

/** A real article page of Deutsche Wirtschafts Nachrichten: the article itself and the list below it. */
export function readSeedItems(): readonly SeedItem[] {
  const [article = "", list = ""] = readFileSync(FILE, "utf8").split("Mehr zum Thema");
  const [section = "", title, teaser = "", date = ""] = linesOf(article);
  const listed = list.split(/^DWN$/m).flatMap((block) => {
    const [section, titled, date, teaser] = linesOf(block);
    return section && titled && date && teaser ? [{ section, title: titled, date, teaser }] : [];
  });
  return [{ section, title: `${section} ${title}`, date, teaser }, ...listed];
}

const linesOf = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));

/** The feed that such a page suggests: section words before the titles, dd.mm.yyyy, cut teasers. */
export function seedFeed(items: readonly SeedItem[]): string {
  const entries = items.map(
    (
      { title, date, teaser },
      n,
    ) => `<item><title>${escaped(title)}</title><link>https://seed.example/${500_000 + n}</link>
      <guid isPermaLink="false">${500_000 + n}</guid><pubDate>${date}</pubDate><description>${escaped(teaser)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>DWN</title>
    <link>https://seed.example/</link><description>DWN</description><language>de</language>${entries.join("")}</channel></rss>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
