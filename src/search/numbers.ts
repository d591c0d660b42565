/** Bytes that come one after the other: as an array of numbers they would take eight times the memory. */
export interface ByteLine {
  push(byte: number): void;
  /** seven bits a byte, the lowest first; the highest bit says that more follow (LEB128) */
  pushNumber(number: number): void;
  readonly length: number;
  bytes(): Uint8Array;
}

const FIRST_ROOM = 1024;

export function byteLine(): ByteLine {
  let bytes = new Uint8Array(FIRST_ROOM);
  let length = 0;

  function push(byte: number): void {
    if (length === bytes.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = byte;
  }

  return {
    push,
    pushNumber(number) {
      let left = number;
      for (; left > 0x7f; left >>>= 7) push((left & 0x7f) | 0x80);
      push(left);
    },
    get length() {
      return length;
    },
    bytes: () => bytes.slice(0, length),
  };
}

/** As pushNumber() wrote it. */
export function readNumber(bytes: Uint8Array, cursor: { at: number }): number {
  let number = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++] ?? 0;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}
