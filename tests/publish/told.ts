import { entry, MORNING, placed, site } from "./press.ts";

/** A story with everything that a document can tell: a revision, two publishers, sound, pictures, people and labels. */
export const told = entry(
  {
    title: "Windpark vor Wustrow: „Strom für 40 000 Haushalte“ & mehr",
    authors: [
      { name: "Änne Möller", url: "https://elbbote.example/am", email: "am@elbbote.example" },
      { name: "Jens B." },
    ],
    categories: [
      { term: "wind", label: "Windkraft", scheme: "https://elbbote.example/themen?a=1&b=2" },
      { term: "Ostsee" },
    ],
    enclosures: [
      { url: "https://ton.elbbote.example/4711.mp3", type: "audio/mpeg", length: 1_048_576 },
      { url: "https://bild.elbbote.example/4711.mp4" },
    ],
    image: { url: "https://bild.elbbote.example/4711.jpg?w=640&h=480", width: 640, height: 480 },
    language: "de-at",
  },
  {
    updatedAt: MORNING + 45 * 60_000,
    others: [
      placed({
        publisher: site.publishers[1]?.id ?? placed().item.publisher,
        permalink: "https://havelkurier.example/1?ref=a&b",
        title: 'Strom aus Wustrow: "Er fließt"',
      }),
      placed({ permalink: "https://elbbote.example/artikel/4712", title: "Was der Windpark kostet" }),
    ],
  },
);
