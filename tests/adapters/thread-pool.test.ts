import { expect, test } from "vitest";
import { threadPool } from "../../src/adapters/thread-pool.ts";
import type { ThreadJob } from "./thread-job.ts";

const open = (deadlineMs: number) =>
  threadPool<ThreadJob, string>(new URL("./thread-job.ts", import.meta.url), { threads: 1, deadlineMs, memoryMb: 64 });

test("a job is done by the thread", async () => {
  await using pool = open(5000);

  expect(await pool.run({ kind: "echo", text: "Guten Tag" })).toMatchObject({ kind: "done", answer: "Guten Tag" });
});

test("a job that overruns is stopped, and the next one runs", async () => {
  await using pool = open(1000);

  expect(await pool.run({ kind: "spin" })).toEqual({ kind: "overran", by: "processor" });
  expect(await pool.run({ kind: "echo", text: "weiter" })).toMatchObject({ kind: "done", answer: "weiter" });
});

test("the deadline begins with the thread, not with the waiting for it", async () => {
  await using pool = open(400);

  const runs = await Promise.all(Array.from({ length: 6 }, () => pool.run({ kind: "pause", ms: 150 })));

  expect(runs.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => "done"));
});

test("the time that other programs have the processor is not the job's, within reason", async () => {
  await using pool = open(200);

  expect(await pool.run({ kind: "pause", ms: 500 })).toMatchObject({ kind: "done" });
  expect(await pool.run({ kind: "pause", ms: 5000 })).toEqual({ kind: "overran", by: "clock" });
});

test("jobs that are called off throw, also those that wait for a thread", async () => {
  const ending = new AbortController();
  await using pool = threadPool<ThreadJob, string>(new URL("./thread-job.ts", import.meta.url), {
    threads: 1,
    deadlineMs: 60_000,
    isLong: ({ kind }) => kind === "pause",
    calledOff: ending.signal,
  });
  const jobs = [1, 2, 3].map(() => pool.run({ kind: "pause", ms: 60_000 }));

  setTimeout(() => ending.abort(), 300);

  const ends = await Promise.allSettled(jobs);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
});

test("long jobs leave a thread to the others", async () => {
  await using pool = threadPool<ThreadJob, string>(new URL("./thread-job.ts", import.meta.url), {
    threads: 2,
    deadlineMs: 5000,
    isLong: ({ kind }) => kind === "pause",
  });
  let longDone = 0;
  const long = [1, 2].map(() => pool.run({ kind: "pause", ms: 3000 }).then(() => (longDone += 1)));

  const short = await pool.run({ kind: "echo", text: "kurz" });

  expect(short).toMatchObject({ kind: "done", answer: "kurz" });
  expect(longDone).toBe(0);
  await Promise.all(long);
});

test.each<ThreadJob>([{ kind: "throw" }, { kind: "exit" }, { kind: "hoard" }])(
  "a job that dies ($kind) says why, and the next one runs",
  async (job) => {
    await using pool = open(10_000);

    expect(await pool.run(job)).toMatchObject({ kind: "died", why: expect.any(String) });
    expect(await pool.run({ kind: "echo", text: "weiter" })).toMatchObject({ kind: "done", answer: "weiter" });
  },
);
