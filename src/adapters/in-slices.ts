import type { Redis } from "ioredis";

/** More arguments than this in one command are a risk for the stack, and keep Redis from answering others. */
const SLICE = 1000;

/** HMGET, however many fields. */
export async function fieldsOf(
  redis: Redis,
  key: string,
  fields: readonly string[],
): Promise<readonly (string | null)[]> {
  const slices = Array.from({ length: Math.ceil(fields.length / SLICE) }, (_, n) =>
    fields.slice(n * SLICE, (n + 1) * SLICE),
  );
  return (await Promise.all(slices.map((slice) => redis.hmget(key, ...slice)))).flat();
}
