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
  await using pool = open(200);

  expect(await pool.run({ kind: "spin" })).toEqual({ kind: "overran" });
  expect(await pool.run({ kind: "echo", text: "weiter" })).toMatchObject({ kind: "done", answer: "weiter" });
});

test("the deadline begins with the thread, not with the waiting for it", async () => {
  await using pool = open(400);

  const runs = await Promise.all(Array.from({ length: 6 }, () => pool.run({ kind: "pause", ms: 150 })));

  expect(runs.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => "done"));
});

test.each<ThreadJob>([{ kind: "throw" }, { kind: "exit" }, { kind: "hoard" }])(
  "a job that dies ($kind) says why, and the next one runs",
  async (job) => {
    await using pool = open(10_000);

    expect(await pool.run(job)).toMatchObject({ kind: "died", why: expect.any(String) });
    expect(await pool.run({ kind: "echo", text: "weiter" })).toMatchObject({ kind: "done", answer: "weiter" });
  },
);
