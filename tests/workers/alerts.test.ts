import { expect, test } from "vitest";
import { feedId } from "../../src/model/ids.ts";
import { anAlert, isGenuine, openMailbox, SECRET } from "../alert/receivers.ts";
import { openFeedServer } from "../support/feed-server.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aFeed, aPublisher, aTopic, eventually, temporaryFolder, testSettings } from "../support/test-settings.ts";

const HOUR_AGO = new Date(Date.now() - 3_600_000).toUTCString();
const TEASER =
  "In zehn Jahren sollen dreihundert neue Wohnungen am alten Hafen stehen, sagt der Stadtrat am Montagabend.";

interface Told {
  readonly guid: string;
  readonly title: string;
  readonly teaser: string;
}

const item = ({ guid, title, teaser }: Told, host: string): string =>
  `<item><title>${title}</title><link>https://${host}/${guid}</link><guid>https://${host}/${guid}</guid><pubDate>${HOUR_AGO}</pubDate><description>${teaser}</description></item>`;

const rss = (host: string, items: readonly Told[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${host}</title><link>https://${host}/</link><description>d</description>${items.map((one) => item(one, host)).join("")}</channel></rss>`;

const OLD = {
  guid: "alt",
  title: "Fähre liegt seit Wochen still",
  teaser: "Ein Kolbenfresser im Hafen, und kein Ersatzteil in Sicht.",
};
const PAST = {
  guid: "lange-her",
  title: "Kran aus dem alten Hafen gehoben",
  teaser: "Acht Wochen lag er unter Wasser, nun rostet er an Land weiter.",
};
const NEWS = { guid: "neu", title: "Stadtrat beschließt 300 Wohnungen am Hafen &amp; am Fluss", teaser: TEASER };
const REVISED = { guid: "neu", title: "Stadtrat beschließt 400 Wohnungen am Hafen &amp; am Fluss", teaser: TEASER };

test("what a publisher newly tells reaches webhook, mailbox and ntfy within seconds, once; a copy tells nothing, nor does the past of a feed that is new, a revision only who wants revisions", {
  timeout: 90_000,
}, async () => {
  using folder = temporaryFolder();
  await using press = await openFeedServer();
  await using receiver = await openPublisher();
  await using mailbox = await openMailbox();
  for (const path of ["/hook", "/revisions", "/"]) receiver.answer(path, { status: 200, body: "{}" });
  // it stumbles once
  receiver.answer("/hook", { status: 500 }, { status: 204 });
  press.put("/bote", rss("bote.example", [OLD]));
  press.put("/kurier", rss("kurier.example", []));
  await using daemon = await startTestDaemon(
    testSettings({
      dataDir: folder.path,
      publishers: [
        aPublisher("bote", { title: "Der Bote" }),
        aPublisher("kurier", { title: "Kurier" }),
        aPublisher("anzeiger"),
      ],
      feeds: [
        aFeed("bote", "bote", press.url("/bote"), { language: "de" }),
        aFeed("kurier", "kurier", press.url("/kurier"), { language: "de" }),
        aFeed("anzeiger", "anzeiger", press.url("/anzeiger"), { language: "de" }),
      ],
      topics: [aTopic("hafen", "hafen", { title: "Hafen" })],
      mail: { host: "127.0.0.1", port: mailbox.port, secure: false, from: "Ressort <ressort@paper.example>" },
      alerts: [
        anAlert("hafen", { kind: "webhook", url: receiver.url("/hook"), secret: SECRET }),
        anAlert("hafen", { kind: "email", to: "desk@paper.example" }),
        anAlert("hafen", { kind: "ntfy", url: receiver.url("/hafen-alarm"), priority: 4 }),
        anAlert("hafen", { kind: "webhook", url: receiver.url("/revisions") }, { only: "revised", id: "r" as never }),
      ],
    }),
    ["work", "desk"],
  );
  const { world } = daemon;
  await daemon.settled(1);
  const poll = async () => {
    for (const id of ["bote", "kurier", "anzeiger"]) await world.feeds.dueNow(feedId(id), Date.now());
    await daemon.tick();
  };
  const posts = (path: string) => receiver.requests.filter((request) => request.path === path);

  // when a publisher tells something new
  press.put("/bote", rss("bote.example", [NEWS, OLD]));
  const begun = Date.now();
  await poll();
  await eventually("ntfy", () => posts("/")[0]);
  await eventually("mail", () => mailbox.mails[0]);
  const tookMs = Date.now() - begun;
  const tries = await eventually("two tries of the webhook", () =>
    posts("/hook").length === 2 ? posts("/hook") : undefined,
  );

  // then all are told, in their own way
  console.log(`alerts: from the poll to mail and ntfy ${tookMs} ms`);
  expect(tookMs).toBeLessThan(10_000);
  expect(JSON.parse(tries[1]?.body ?? "")).toMatchObject({
    type: "alert.new",
    topic: { id: "hafen", title: "Hafen", url: "http://ressort.example/topics/hafen" },
    stories: [
      {
        title: "Stadtrat beschließt 300 Wohnungen am Hafen & am Fluss",
        publisher: "Der Bote",
        url: "https://bote.example/neu",
        others: [],
      },
    ],
  });
  expect(new Set(tries.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
  expect(tries.every(({ headers, body }) => isGenuine(headers, body))).toBe(true);
  expect(mailbox.mails[0]).toMatchObject({ from: "ressort@paper.example", to: ["desk@paper.example"] });
  expect(JSON.parse(posts("/")[0]?.body ?? "")).toMatchObject({
    topic: "hafen-alarm",
    title: "Stadtrat beschließt 300 Wohnungen am Hafen & am Fluss",
    click: "https://bote.example/neu",
    priority: 4,
  });

  // when another publisher has it, too, a third one is read for the first time, and the first one corrects it
  press.put("/kurier", rss("kurier.example", [NEWS]));
  press.put("/anzeiger", rss("anzeiger.example", [PAST]));
  await poll();
  await daemon.settled(4);
  press.put("/bote", rss("bote.example", [REVISED, OLD]));
  await poll();
  const [revision] = await eventually("the revision", () =>
    posts("/revisions").length > 0 ? posts("/revisions") : undefined,
  );
  await eventually("nothing more to be told", async () => {
    const { active, delayed, wait } = await world.queues.deliver.alerts.getJobCounts("active", "delayed", "wait");
    return active === 0 && delayed === 0 && wait === 0 ? true : undefined;
  });

  // then only those hear of it who want to
  expect(JSON.parse(revision?.body ?? "")).toMatchObject({ type: "alert.revised" });
  expect(revision?.body).toContain("Korrigiert: Stadtrat beschließt 400 Wohnungen");
  expect(revision?.headers["webhook-signature"]).toBeUndefined();
  expect([posts("/hook").length, mailbox.mails.length, posts("/").length, posts("/revisions").length]).toEqual([
    2, 1, 1, 1,
  ]);
});
