/** Seven bits a byte, the lowest first; the highest bit says that more follow (LEB128). */
export function pushNumber(bytes: number[], number: number): void {
  let left = number;
  for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  bytes.push(left);
}

export function readNumber(bytes: Uint8Array, cursor: { at: number }): number {
  let number = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++] ?? 0;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}
