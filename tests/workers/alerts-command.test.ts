import { afterAll, beforeAll, expect, test } from "vitest";
import { alertStore } from "../../src/adapters/alert-store.ts";
import type { Alert } from "../../src/model/alert.ts";
import { topicId } from "../../src/model/ids.ts";
import { loadSettings } from "../../src/settings/settings.ts";
import { openWorld } from "../../workers/world.ts";
import { aStory } from "../alert/press.ts";
import { isGenuine, openMailbox, SECRET } from "../alert/receivers.ts";
import { configFolder } from "../settings/config-folder.ts";
import { openPublisher } from "../support/publisher-server.ts";
import { ressort } from "../support/ressort.ts";
import { openTestRedis } from "../support/test-redis.ts";

/** `ressort alerts` as operators use it, in a process of its own. */

const stack = new AsyncDisposableStack();
let receiver: Awaited<ReturnType<typeof openPublisher>>;
let mailbox: Awaited<ReturnType<typeof openMailbox>>;
let redisUrl: string;

beforeAll(async () => {
  const redis = stack.use(await openTestRedis());
  receiver = stack.use(await openPublisher());
  mailbox = stack.use(await openMailbox());
  redisUrl = redis.home.redisUrl;
});

afterAll(async () => {
  await stack.disposeAsync();
});

/** Three channels of one topic, and a topic without any. */
function operator() {
  const channels = [
    `{ webhook: "${receiver.url("/hook?key=geheim")}", secretFrom: RESSORT_SECRET_DESK }`,
    "{ email: desk@paper.example }",
    `{ ntfy: "${receiver.url("/alarm")}" }`,
  ];
  const topic = "{ id: hafen, title: Häfen, description: Schiffe, query: hafen, alerts: [";
  const still = "{ id: still, title: Still, description: Nichts, query: nichts }";
  const folder = configFolder({
    ressort: `mail: { host: 127.0.0.1, port: ${mailbox.port}, from: ressort@paper.example }\npoll: { allowNetworks: [127.0.0.0/8], contactUrl: "https://paper.example/bot" }\n`,
    topics: `topics:\n  - ${topic}${channels.join(", ")}] }\n  - ${still}\n`,
  });
  const ports = { RESSORT_PORT: "0", RESSORT_OPS_PORT: "0" };
  const env = { RESSORT_CONFIG_DIR: folder, REDIS_URL: redisUrl, RESSORT_SECRET_DESK: SECRET, ...ports };
  return { folder, env, alerts: async (...args: readonly string[]) => await ressort(["alerts", ...args], env) };
}

test("test sends a sample through every channel, says what each answered, and fails where one does not take it", {
  timeout: 60_000,
}, async () => {
  const { alerts } = operator();
  receiver.answer("/hook?key=geheim", { status: 202, body: "queued" });
  receiver.answer("/", { status: 403, body: "forbidden" }, { status: 200, body: "{}" });

  const first = await alerts("test", "hafen");
  const second = await alerts("test", "hafen");

  expect(first.stdout).toContain("/hook?key=geheim\n    taken: status 202: queued");
  expect(first.stdout).toContain("hafen  email desk@paper.example\n    taken: 250 OK");
  expect(first.stdout).toContain("/alarm\n    not taken: status 403: forbidden");
  expect([first.code, second.code]).toEqual([1, 0]);
  const [hook] = receiver.requests;
  expect(JSON.parse(hook?.body ?? "")).toMatchObject({
    type: "alert.test",
    topic: { id: "hafen" },
    stories: [{ publisher: "Ressort" }],
  });
  expect(isGenuine(hook?.headers ?? {}, hook?.body ?? "")).toBe(true);
  expect(mailbox.mails[0]?.source).toMatch(/Subject: =\?UTF-8\?Q\?=5BVersuch=3A/);
});

test("list says how each channel is, and doctor which are not; a sample that is taken lets the missed ones be told", {
  timeout: 60_000,
}, async () => {
  const { alerts, env, folder } = operator();
  const loaded = loadSettings(folder, env);
  const settings = loaded.kind === "settings" ? loaded.settings : expect.fail("the settings are good");
  await using world = await openWorld({ ...settings, logLevel: "silent" }, "test");
  const store = alertStore(world.redis, world.keys);
  const [hook] = settings.alerts as readonly [Alert];
  const failingSince = Date.parse("2026-03-02T12:00:00Z");
  await store.owe(hook.id, [{ since: failingSince, story: aStory() }], Date.now());
  const laufend = { id: "laufend", title: "Laufend", description: "d", query: "lauf*" };
  await world.topics.change(0, { topics: new Map([[topicId("laufend"), { written: laufend, at: 1 }]]) });
  const dead = { sentAt: [], failures: 9, failingSince, lastError: "status 500", paused: true } as const;
  await store.keepRecord(hook.id, { ...dead, retryAt: Date.now() + 3_600_000 });

  const list = await alerts("list");
  const doctor = await ressort(["doctor", "--offline"], env);
  await alerts("test", "hafen");
  const runtime = await alerts("test", "laufend");

  const words = "paused since 2026-03-02T12:00:00.000Z (9 times): status 500; nothing told yet, 1 story waits";
  expect(list.stdout).toContain(`/hook?key=geheim\n    ${words}`);
  expect(list.stdout).toContain("hafen  email desk@paper.example\n    nothing told yet");
  expect(doctor.stdout).toContain(`✗ alert hafen: webhook 127.0.0.1:${receiver.port} is ${words}`);
  expect(doctor.stdout).not.toContain("geheim");
  expect(runtime.stderr).toContain('topic "laufend" has no alerts');
  expect([list.code, doctor.code]).toEqual([0, 1]);
  expect(await store.record(hook.id)).not.toHaveProperty("retryAt");
  expect(await world.queues.deliver.alerts.getJobCounts("waiting")).toEqual({ waiting: 1 });
});

test("without their secrets alerts are not sent; whatever else is asked for is done", { timeout: 60_000 }, async () => {
  const { env } = operator();
  const elsewhere = { ...env, RESSORT_SECRET_DESK: "" };
  const said = async (...args: readonly string[]) => await ressort(args, elsewhere);

  for (const args of [
    ["alerts", "list"],
    ["topics", "list"],
    ["query", "hafen"],
    ["opml", "topics"],
  ]) {
    const { code, stderr } = await said(...args);
    expect(stderr).not.toContain("RESSORT_SECRET");
    expect(code, args.join(" ")).toBe(0);
  }
  const doctor = await said("doctor", "--offline");
  expect(doctor.stdout).toMatch(/✗ secrets of alerts .*\n {2}→ .*topics\.yaml:\d+.*RESSORT_SECRET_DESK is not set/);
  expect(doctor.code).toBe(1);
  for (const args of [["start"], ["work"], ["alerts", "test", "hafen"]]) {
    const { code, stderr } = await said(...args);
    expect(code, args.join(" ")).toBe(1);
    expect(stderr).toContain("RESSORT_SECRET_DESK is not set; set it, or RESSORT_SECRET_DESK_FILE");
  }
});

test.each([
  [["test", "still"], 1, 'topic "still" has no alerts'],
  [["test", "nirgends"], 1, 'there is no topic "nirgends"'],
  [["test"], 2, "say list or test TOPIC"],
])("%j is answered with what is wrong", async (args, code, words) => {
  const ended = await operator().alerts(...args);

  expect(ended.stderr).toContain(words);
  expect(ended.code).toBe(code);
});
