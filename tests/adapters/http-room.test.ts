import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openFetcher } from "../../src/adapters/http-fetcher.ts";
import { openPublisher } from "../support/publisher-server.ts";

const LOOPBACK = { allowNetworks: ["127.0.0.0/8"], ports: [] };
const LARGE = Buffer.from(randomBytes(1024 * 1024).toString("hex"));

test.each([
  ["as it is", LARGE, {}],
  ["packed", gzipSync(LARGE), { "content-encoding": "gzip" }],
])("five large bodies are under way or being read, %s; small ones never wait", async (_, body, headers) => {
  // Given more publishers of large documents than there is room for, and one of a small one
  const publishers = await Promise.all(Array.from({ length: 7 }, (_, n) => openPublisher(`127.0.2.${n + 1}`)));
  for (const publisher of publishers) publisher.answer("/", { body, headers });
  const [small = await openPublisher()] = publishers;
  small.answer("/small", { body: "<rss/>" });
  await using fetcher = openFetcher(LOOPBACK);
  const read = Promise.withResolvers<void>();
  let come = 0;
  const asked = publishers.map(async (publisher) => {
    await using held = new AsyncDisposableStack();
    const answer = await fetcher.fetch({ url: publisher.url("/"), headers: {}, held });
    come += 1;
    await read.promise;
    return answer;
  });

  // When five have come and nobody has read one yet
  await expect.poll(() => come, { timeout: 10_000 }).toBe(5);
  const meanwhile = await fetcher.fetch({ url: small.url("/small"), headers: {} });
  expect(meanwhile).toMatchObject({ kind: "answered", status: 200 });
  expect(come).toBe(5);
  read.resolve();

  const sizes = (await Promise.all(asked)).map((answer) => (answer.kind === "answered" ? answer.bytes.length : answer));
  expect(sizes).toEqual(publishers.map(() => LARGE.length));
  await Promise.all(publishers.map((publisher) => publisher[Symbol.asyncDispose]()));
});

test("a large body that finds no room in its time is no failure: it comes again", async () => {
  const publishers = await Promise.all(Array.from({ length: 6 }, (_, n) => openPublisher(`127.0.2.${n + 1}`)));
  for (const publisher of publishers) publisher.answer("/", { body: LARGE });
  await using fetcher = openFetcher({ ...LOOPBACK, limits: { total: 6000 } });
  await using held = new AsyncDisposableStack();

  const answers = await Promise.all(
    publishers.map((publisher) => fetcher.fetch({ url: publisher.url("/"), headers: {}, held })),
  );

  expect(answers.filter(({ kind }) => kind === "answered")).toHaveLength(5);
  expect(answers.find(({ kind }) => kind === "failed")).toMatchObject({ code: "no-room", wait: 30_000 });
  await Promise.all(publishers.map((publisher) => publisher[Symbol.asyncDispose]()));
});
