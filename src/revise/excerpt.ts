import type { Passage } from "../model/revision.ts";

/** Words beside a change that say where it is. */
const AROUND = 6;
/** Of one part: more is not read, and not ours to print. */
const MOST_CHARACTERS = 900;

/** What changed, with a few words around it. */
export function excerpt(passages: readonly Passage[]): readonly Passage[] {
  const last = passages.length - 1;
  const near = passages.flatMap((passage, n) =>
    passage.kind === "same" ? shortened(passage, n > 0, n < last) : [passage],
  );
  return bounded(near);
}

function shortened({ text }: Passage, hasBefore: boolean, hasAfter: boolean): readonly Passage[] {
  const words = text.match(/\s*\S+/g) ?? [];
  const [start, end] = [hasBefore ? AROUND : 0, hasAfter ? AROUND : 0];
  // to leave out a word or two saves nothing
  if (words.length <= start + end + 2) return [{ kind: "same", text }];
  const [head, tail] = [words.slice(0, start).join(""), words.slice(words.length - end).join("")];
  return [
    ...(start === 0 ? [] : [{ kind: "same", text: head } as const]),
    { kind: "gap", text: "…" },
    ...(end === 0 ? [] : [{ kind: "same", text: tail } as const]),
  ];
}

function bounded(passages: readonly Passage[]): readonly Passage[] {
  let room = MOST_CHARACTERS;
  const kept: Passage[] = [];
  for (const passage of passages) {
    if (room <= 0) return [...kept, { kind: "gap", text: "…" }];
    kept.push(
      passage.text.length <= room ? passage : { ...passage, text: `${passage.text.slice(0, room).toWellFormed()}…` },
    );
    room -= passage.text.length;
  }
  return kept;
}
