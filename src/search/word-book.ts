/** A word, and who has it, in the order in which they came. */
export interface Entry {
  /** UTF-8 */
  readonly word: Uint8Array;
  readonly having: readonly Having[];
}

interface Having {
  /** below 2^24 */
  readonly item: number;
  /** how often, below 2^8 */
  readonly times: number;
}

const FIRST_ROOM = 1024;
const TIMES_BITS = 8;

/** Which items have which words: all in one line as they come, eight bytes each. As a list a word they would take ten times as much. */
export function wordBook() {
  const numbers = new Map<string, number>();
  /** in turn the number of a word, and who has it */
  let line = new Uint32Array(FIRST_ROOM);
  let length = 0;

  return {
    add(word: string, { item, times }: Having): void {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      if (length === line.length) line = withMoreRoom(line);
      line[length++] = number;
      line[length++] = (item << TIMES_BITS) | times;
    },

    /** by the bytes of their words */
    *entries(): Generator<Entry, void> {
      const { starts, packed } = byWord(line.subarray(0, length), numbers.size);
      const words = [...numbers].map(([word, number]) => ({ bytes: Buffer.from(word).toString("latin1"), number }));
      words.sort((one, other) => (one.bytes < other.bytes ? -1 : 1));
      for (const { bytes, number } of words) {
        const having = packed.subarray(starts[number], starts[number + 1]);
        yield { word: Buffer.from(bytes, "latin1"), having: Array.from(having, unpacked) };
      }
    },
  };
}

const unpacked = (packed: number): Having => ({
  item: packed >>> TIMES_BITS,
  times: packed & ((1 << TIMES_BITS) - 1),
});

function withMoreRoom(line: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * line.length);
  larger.set(line);
  return larger;
}

/** A counting sort: what belongs to the same word side by side, from its start to that of the next. */
function byWord(line: Uint32Array, words: number): { readonly starts: Uint32Array; readonly packed: Uint32Array } {
  const starts = new Uint32Array(words + 1);
  const move = (word: number, by: number): number => {
    const start = (starts[word] ?? 0) + by;
    starts[word] = start;
    return start;
  };
  for (let at = 0; at < line.length; at += 2) move(line[at] ?? 0, 1);
  for (let word = 1; word <= words; word++) move(word, starts[word - 1] ?? 0);
  const packed = new Uint32Array(line.length / 2);
  // these are ends still, and become starts as they are filled from behind
  for (let at = line.length - 2; at >= 0; at -= 2) packed[move(line[at] ?? 0, -1)] = line[at + 1] ?? 0;
  return { starts, packed };
}
