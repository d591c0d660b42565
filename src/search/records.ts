import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Placed } from "../model/news.ts";

/** Whole items in the order of a part, compressed: a fifth of their text, a tenth of what they take as objects. */
export interface Records {
  /** what such items are like: some of them, as they are */
  readonly sample: Uint8Array;
  /** may lie in a file */
  readonly blocks: Pick<Uint8Array, "subarray">;
  /** where each block ends */
  readonly blockEnds: Uint32Array;
}

/** More would compress better, and one item could be read less quickly. */
const BLOCK = 8;
const LEVEL = 9;
/** Worth a seventh of all bytes; more of them would cost more than they are worth. */
const SAMPLED = 32;

export function packRecords(placed: readonly Placed[]): Records {
  const every = Math.ceil(placed.length / SAMPLED);
  const dictionary = Buffer.from(textOf(placed.filter((_, n) => n % every === 0)));
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL };
  const blocks: Uint8Array[] = [];
  for (let from = 0; from < placed.length; from += BLOCK)
    blocks.push(zstdCompressSync(textOf(placed.slice(from, from + BLOCK)), { params, dictionary }));
  let end = 0;
  const blockEnds = Uint32Array.from(blocks, ({ length }) => {
    end += length;
    return end;
  });
  return { sample: new Uint8Array(dictionary), blocks: Buffer.concat(blocks), blockEnds };
}

/** A line each. */
const textOf = (placed: readonly Placed[]): string => placed.map((one) => JSON.stringify(one)).join("\n");

export function readRecord(records: Records, at: number): Placed | undefined {
  const block = Math.floor(at / BLOCK);
  if (lastRead?.records !== records || lastRead.block !== block)
    lastRead = { records, block, lines: linesOf(records, block) };
  const line = lastRead.lines[at % BLOCK];
  // what this process or one like it wrote, and its checksum was right
  return line === undefined ? undefined : (JSON.parse(line) as Placed);
}

/** Whoever looks at many looks at neighbours. */
let lastRead: { readonly records: Records; readonly block: number; readonly lines: readonly string[] } | undefined;

function linesOf({ sample, blocks, blockEnds }: Records, block: number): readonly string[] {
  const bytes = blocks.subarray(block === 0 ? 0 : blockEnds[block - 1], blockEnds[block]);
  return zstdDecompressSync(bytes, { dictionary: sample }).toString().split("\n");
}
