import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { threadWork } from "../../src/adapters/thread-pool.ts";

export type ThreadJob =
  | { readonly kind: "echo"; readonly text: string }
  | { readonly kind: "pause"; readonly ms: number }
  | { readonly kind: "spin" | "throw" | "exit" | "hoard" };

/** Work that goes wrong in every way a thread can. */
export const work = threadWork<ThreadJob, string>(async (job) => {
  if (job.kind === "echo") return job.text;
  if (job.kind === "pause") await pause(job.ms);
  if (job.kind === "throw") throw new Error("thrown on purpose");
  if (job.kind === "exit") process.exit(3);
  const hoard: number[][] = [];
  while (job.kind === "spin" || job.kind === "hoard")
    if (job.kind === "hoard") hoard.push(new Array<number>(100_000).fill(1));
  return "done";
});
