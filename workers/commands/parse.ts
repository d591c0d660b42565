import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import process from "node:process";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { fetchDocument, openFetcher } from "../../src/adapters/http-fetcher.ts";
import { type ThreadPool, threadPool } from "../../src/adapters/thread-pool.ts";
import type { Document } from "../../src/model/document.ts";
import type { Reading } from "../../src/model/reading.ts";
import { type Duration, SECOND } from "../../src/model/time.ts";
import { firstRequest } from "../../src/poll/poll.ts";
import { readSections, SettingsError } from "../../src/settings/settings.ts";
import { type Command, OperatorError, UsageError } from "../command.ts";
import { inOrder } from "../in-order.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { type ParseAnswer, parseAnswer } from "../parse-answer.ts";
import type { ReadingJob } from "../poll/reading-thread.ts";
import { configDirOf } from "../settings.ts";
import { VERSION } from "../version.ts";

export const command: Command = {
  summary: "reads feeds from files or the web and says what is in them",
  usage: `
ressort parse FILE|URL        what is in it, for people
ressort parse FILE|URL --json the same as one line of JSON
ressort parse --jobs          standard input has lines {file, url?, headers?}, standard output one line each, in order
ressort parse --kept [FEED]   the documents of feeds that could not be read: the latest of each reason, for two weeks
ressort parse kept:FEED       reads what is kept of a feed once more, as Ressort reads today; kept:FEED:REASON one of them

  --raw                  with kept:FEED:REASON: its bytes as they came
  --deadline MS          how long one document may take (default: 2000)
  --section-words WORDS  words before titles that mean a section, with commas (default: those of sections.yaml)
${OPTIONS_HELP}`,
  async run(args) {
    const own = {
      jobs: { type: "boolean" },
      json: { type: "boolean" },
      kept: { type: "boolean" },
      raw: { type: "boolean" },
      deadline: { type: "string" },
      "section-words": { type: "string" },
    } as const;
    const { values, positionals } = parsed(args, own, true);
    const [what] = positionals;
    // only these need Redis
    if (values.kept === true) return await (await import("../feeds/kept.ts")).listKept(values.config, what);
    const sectionWords = values["section-words"]?.split(",") ?? titleWords(values.config);
    const deadline = values.deadline === undefined ? DEADLINE : Number(values.deadline);
    if (!(deadline >= 1)) throw new UsageError(`--deadline ${values.deadline} is no number of milliseconds`);
    await using pool = threadPool<ReadingJob, Reading>(new URL("../poll/reading-thread.ts", import.meta.url), {
      threads: availableParallelism(),
      deadlineMs: deadline,
      transfer: ({ bytes }) => (ownsItsMemory(bytes) ? [bytes.buffer] : []),
    });
    const tools: Tools = { pool, sectionWords, deadline };
    if (values.jobs === true) return await answerJobs(tools);
    if (what === undefined) throw new UsageError("say which file or URL to read, --jobs or --kept");
    if (what.startsWith("kept:"))
      return await answerKept(tools, what, { ...values, json: values.json === true, raw: values.raw === true });
    return await answerOne(tools, what, values.json === true);
  },
};

/** A document that takes longer is an attack, or a page of some gigabytes of mistakes. */
const DEADLINE = 2 * SECOND;
const MAX_BYTES = 20 * 1024 * 1024;
/** Documents read into memory while others are being parsed. */
const READ_AHEAD = 16;

/** Small buffers share theirs with others, and cannot be moved. */
const ownsItsMemory = (bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> =>
  bytes.byteLength === bytes.buffer.byteLength;

interface Tools {
  readonly pool: ThreadPool<ReadingJob, Reading>;
  readonly sectionWords: readonly string[];
  readonly deadline: Duration;
}

type Bytes = Document | { readonly kind: "failed"; readonly why: string };

function titleWords(config: string | undefined): readonly string[] {
  try {
    return readSections(configDirOf(config)).flatMap((section) => section.titleWords);
  } catch (error) {
    if (error instanceof SettingsError) throw new OperatorError(error.message);
    throw error;
  }
}

async function answerJobs(tools: Tools): Promise<number> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  process.stdout.on("error", () => process.exit(0));
  for await (const answer of inOrder(lines, READ_AHEAD, (line) => answerJob(tools, line)))
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
      await new Promise((drained) => process.stdout.once("drain", drained));
  return 0;
}

interface Job {
  readonly file: string;
  readonly url?: string;
  readonly headers: Document["headers"];
}

async function answerJob(tools: Tools, line: string): Promise<ParseAnswer> {
  const job = jobOf(line);
  if (job === undefined)
    return parseAnswer(line.slice(0, 200), { kind: "unreadable", why: "the line is no job {file, url?, headers?}" }, 0);
  return await answerDocument(tools, job.file, await documentOf(job.file, job.url, job.headers));
}

function jobOf(line: string): Job | undefined {
  try {
    const { file, url, headers } = Object(JSON.parse(line)) as Readonly<Record<string, unknown>>;
    if (typeof file !== "string") return undefined;
    const named = Object.entries(Object(headers) as object).filter(([, value]) => typeof value === "string");
    return {
      file,
      ...(typeof url === "string" && { url }),
      headers: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value])),
    };
  } catch {
    return undefined;
  }
}

async function documentOf(file: string, url: string | undefined, headers: Document["headers"]): Promise<Bytes> {
  try {
    const about = await stat(file);
    if (!about.isFile()) return { kind: "failed", why: "not a file" };
    if (about.size > MAX_BYTES) return { kind: "failed", why: `larger than ${MAX_BYTES} bytes` };
    return { url: url ?? pathToFileURL(file).href, headers, bytes: await readFile(file) };
  } catch (error) {
    return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
  }
}

async function answerDocument(
  { pool, sectionWords, deadline }: Tools,
  name: string,
  document: Bytes,
): Promise<ParseAnswer> {
  if ("kind" in document) return parseAnswer(name, { kind: "unreadable", why: document.why }, 0);
  const run = await pool.run({ ...document, sectionWords });
  switch (run.kind) {
    case "done":
      return parseAnswer(name, run.answer, Math.round(run.took));
    case "overran":
      return parseAnswer(name, { kind: "unreadable", why: `took longer than ${deadline} ms` }, deadline);
    case "died":
      return parseAnswer(name, { kind: "unreadable", why: run.why }, 0);
  }
}

async function answerOne(tools: Tools, what: string, asJson: boolean): Promise<number> {
  const document = /^https?:\/\//i.test(what) ? await fetched(what) : await documentOf(what, undefined, {});
  const answer = await answerDocument(tools, what, document);
  console.log(asJson ? JSON.stringify(answer) : show(answer));
  return answer.outcome === "parsed" ? 0 : 1;
}

async function answerKept(
  tools: Tools,
  what: string,
  how: { readonly config?: string | undefined; readonly json: boolean; readonly raw: boolean },
): Promise<number> {
  const { keptDocuments, keptHeading, writeRaw } = await import("../feeds/kept.ts");
  const documents = await keptDocuments(how.config, what);
  if (how.raw) return writeRaw(documents);
  const answers = [];
  for (const document of documents) {
    const { url, headers, bytes } = document;
    const answer = await answerDocument(tools, `kept:${document.feed}:${document.reason}`, { url, headers, bytes });
    console.log(how.json ? JSON.stringify(answer) : `${keptHeading(document)}\nread today:\n${show(answer)}\n`);
    answers.push(answer);
  }
  return answers.every(({ outcome }) => outcome === "parsed") ? 0 : 1;
}

/** As the operator may reach any address, so may this; the daemon's own fetches may not. */
async function fetched(url: string): Promise<Bytes> {
  await using fetcher = openFetcher({
    allowNetworks: ["0.0.0.0/0", "::/0"],
    ports: [Number(new URL(url).port) || 80, 80, 443],
  });
  return await fetchDocument(fetcher, firstRequest(url, `Ressort/${VERSION}`));
}

function show(answer: ParseAnswer): string {
  if (answer.outcome === "unreadable") return `${answer.file}: unreadable, ${answer.why}`;
  const { feed, items, format, tookMs, repairs } = answer;
  const mended = repairs.length === 0 ? "" : `, mended: ${repairs.join(", ")}`;
  return [
    `${feed.title ?? answer.file}  (${format}, ${items.length} items, ${tookMs} ms${mended})`,
    ...[feed.subtitle, feed.homeUrl].filter((line) => line !== undefined),
    ...items.flatMap((item) => [
      "",
      `${item.publishedAt ?? item.updatedAt ?? "no date"}  ${showTitle(item)}`,
      item.permalink ?? "no link",
    ]),
  ].join("\n");
}

function showTitle({
  title,
  sectionWord,
  marks = [],
}: {
  title?: string;
  sectionWord?: string;
  marks?: readonly string[];
}): string {
  const labels = [sectionWord, ...marks].filter((label) => label !== undefined);
  return `${title ?? "(no title)"}${labels.length === 0 ? "" : `  [${labels.join(", ")}]`}`;
}
