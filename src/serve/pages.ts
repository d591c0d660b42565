import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { itemId, publisherId, SLUG, storyId } from "../model/ids.ts";
import { emptyFrontPage, frontPage, STORIES_A_SECTION, UNFILED_STORIES } from "./front-page.ts";
import { storyPath } from "./headline.ts";
import { hungUp } from "./hung-up.ts";
import { itemPage } from "./item-page.ts";
import type { Page } from "./layout.ts";
import type { Paper } from "./paper.ts";
import { NEWEST_ITEMS, publisherPage, publishersPage } from "./publisher-page.ts";
import { queryOf, turnedOf, typedIn } from "./query-text.ts";
import { readOnly } from "./route.ts";
import { busyPage, searchPage, searchStart, tooLongPage, tooManyPage } from "./search-page.ts";
import { OPERATORS_PAGE, READERS_PAGE, sendPage, sendTrouble } from "./send-page.ts";
import { storyFinder } from "./speaker.ts";
import { storyPage } from "./story-page.ts";
import { SECTIONS_PLACE, topicsPage } from "./topic-page.ts";
import { notFoundPage } from "./trouble-page.ts";
import type { View } from "./view.ts";
import { withdrawnPage } from "./withdrawn-page.ts";

/** What a page's address came to. */
type Found =
  | { readonly kind: "page"; readonly page: Page; readonly cacheControl?: string }
  | { readonly kind: "trouble"; readonly status: number; readonly page: Page; readonly retryAfter?: number }
  | { readonly kind: "moved"; readonly path: string };

type PageMaker = (paper: Paper, request: FastifyRequest, reply: FastifyReply) => Found | Promise<Found>;

/** All pages but those of topics and sections, which share their addresses with feeds. */
export function addPages(app: FastifyInstance, view: View, paper: () => Paper): void {
  const add = (url: string, make: PageMaker): void =>
    readOnly(app, url, async (request, reply) => answer(request, reply, paper(), make));

  add("/", (paper) => front(view, paper));
  add("/topics", async (paper) => page(topicsPage(paper, await view.topicFeeds())));
  add("/sections", () => ({ kind: "moved", path: SECTIONS_PLACE }));
  add("/stories/:id", (paper, request) => story(view, paper, idOf(request)));
  add("/items/:id", (paper, request) => item(view, paper, idOf(request)));
  add("/search", (paper, request, reply) => search(view, paper, request, hungUp(reply)));
  for (const url of ["/publishers", "/feeds"]) {
    add(url, async (paper) => page(publishersPage(paper, await view.feedsOf()), OPERATORS_PAGE));
  }
  add("/publishers/:id", (paper, request) => publisher(view, paper, idOf(request)));
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  paper: Paper,
  make: PageMaker,
): Promise<FastifyReply> {
  const found = await make(paper, request, reply);
  switch (found.kind) {
    case "page":
      return sendPage(request, reply, paper, found.page, found.cacheControl ?? READERS_PAGE);
    case "trouble":
      if (found.retryAfter !== undefined) reply.header("Retry-After", found.retryAfter);
      return sendTrouble(reply, paper, found.status, found.page);
    case "moved":
      return reply.header("Cache-Control", "public, max-age=86400").redirect(found.path, 301);
    default:
      return found satisfies never;
  }
}

const page = (made: Page, cacheControl = READERS_PAGE): Found => ({ kind: "page", page: made, cacheControl });
const missing = (paper: Paper): Found => ({ kind: "trouble", status: 404, page: notFoundPage(paper) });

async function front(view: View, paper: Paper): Promise<Found> {
  const news = await view.frontPage(STORIES_A_SECTION);
  const unfiled = view.unfiled(UNFILED_STORIES);
  if (news.length + unfiled.length === 0) return page(emptyFrontPage(paper, (await view.feedsOf()).feeds));
  return page(frontPage(paper, news, unfiled, storyFinder(view, paper)));
}

function story(view: View, paper: Paper, id: string): Found {
  if (id === "") return missing(paper);
  const told = view.story(storyId(id));
  const [newest, ...older] = told?.members ?? [];
  if (told === undefined || newest === undefined) return missing(paper);
  if (told.id !== id) return { kind: "moved", path: storyPath(told.id) };
  return page(storyPage(paper, { ...told, members: [newest, ...older] }, storyFinder(view, paper)));
}

function item(view: View, paper: Paper, id: string): Found {
  if (id === "") return missing(paper);
  const withdrawn = view.withdrawn(itemId(id));
  if (withdrawn !== undefined) return { kind: "trouble", status: 410, page: withdrawnPage(paper, withdrawn) };
  const placed = view.item(itemId(id));
  if (placed === undefined) return missing(paper);
  return page(itemPage(paper, placed, storyFinder(view, paper), view.topicsOf?.(placed)));
}

async function search(view: View, paper: Paper, request: FastifyRequest, signal: AbortSignal): Promise<Found> {
  const query = queryOf(request);
  if (query === undefined) return { kind: "trouble", status: 400, page: tooLongPage(paper, typedIn(request)) };
  if (query === "") return page(searchStart(paper));
  const wait = view.readers?.search(request.raw);
  if (wait !== undefined) return { kind: "trouble", status: 429, page: tooManyPage(paper, wait), retryAfter: wait };
  const found = await view.search(query, turnedOf(request), signal);
  if (found.kind === "busy") return { kind: "trouble", status: 503, page: busyPage(paper), retryAfter: found.seconds };
  const made = searchPage(paper, query, found);
  return found.kind === "bad" ? { kind: "trouble", status: 400, page: made } : page(made);
}

async function publisher(view: View, paper: Paper, id: string): Promise<Found> {
  if (!SLUG.test(id)) return missing(paper);
  const reports = await view.feedsOf(publisherId(id));
  // one that is no longer in the settings may still have feeds and items
  const known = paper.publisher(id) ?? reports.feeds[0]?.publisher;
  if (known === undefined) return missing(paper);
  return page(publisherPage(paper, known, reports, view.newestOf(known.id, NEWEST_ITEMS)), OPERATORS_PAGE);
}

/** The router has decoded it, and lets none pass that is longer than any of ours. */
const idOf = (request: FastifyRequest): string => (request.params as { readonly id: string }).id;
