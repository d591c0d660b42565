import fc from "fast-check";
import { expect, test } from "vitest";
import { feedId, itemId, publisherId } from "../../src/model/ids.ts";
import { newestFirst, timeline } from "../../src/search/timeline.ts";

const MANY = 200_000;
const SOME = 3000;

const standing = (n: number, arrivedAt: number) => ({
  item: { id: itemId(`i${n}`), feed: feedId("f"), publisher: publisherId("p"), arrivedAt },
});

test("items stand by arrival, whoever came and left in between", () => {
  const act = fc.record({ n: fc.nat(5000), arrivedAt: fc.nat(300), leaves: fc.boolean() });
  fc.assert(
    fc.property(fc.nat(4500), fc.array(act, { maxLength: 300 }), (first, acts) => {
      const known = new Map(Array.from({ length: first }, (_, n) => [itemId(`i${n}`), standing(n, n % 299)]));
      const line = timeline((id) => known.get(id));
      for (const one of known.values()) line.add(one);
      for (const { n, arrivedAt, leaves } of acts) {
        const there = known.get(itemId(`i${n}`));
        if (there !== undefined) line.remove(there);
        known.delete(itemId(`i${n}`));
        if (leaves) continue;
        known.set(itemId(`i${n}`), standing(n, arrivedAt));
        line.add(standing(n, arrivedAt));
      }

      const expected = [...known.values()].sort(newestFirst).map(({ item }) => item.id);
      expect([...line.newest()]).toEqual(expected);
      expect(line.oldest()).toBe(expected.at(-1));
    }),
    { numRuns: 20 },
  );
});

test("to leave or to come at the beginning of a long line moves no more than in a short one", () => {
  const spent = (count: number): number => {
    const known = new Map(Array.from({ length: count }, (_, n) => [itemId(`i${n}`), standing(n, n)]));
    const line = timeline((id) => known.get(id));
    for (const one of known.values()) line.add(one);
    process.cpuUsage();
    const before = process.threadCpuUsage();
    for (let n = 0; n < SOME; n++) {
      line.remove(standing(n, n));
      line.add(standing(n, n));
    }
    process.cpuUsage();
    return process.threadCpuUsage(before).user;
  };
  spent(SOME);

  expect(spent(MANY) / spent(SOME)).toBeLessThan(8);
});
