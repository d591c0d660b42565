import { HOUR, MINUTE } from "../../src/model/time.ts";

/** What an invented paper tells in a day, oldest first: no two of them are the same story. */
export const TITLES = [
  "Imker beklagen nasses Frühjahr",
  "Hafen meldet Rekordumschlag im Herbst",
  "Museum zeigt römische Münzen",
  "Stadtrat beschließt neue Radwege",
  "Chor sucht tiefe Stimmen",
  "Sternwarte öffnet nachts für Besucher",
  "Brücke bleibt bis Ostern gesperrt",
  "Bäcker bäckt das längste Brot",
  "Zoo tauft zwei junge Luchse",
  "Feuerwehr übt am alten Silo",
  "Winzer ernten so früh wie nie",
  "Bücherei verleiht jetzt auch Werkzeug",
  "Fähre pendelt wieder im Halbstundentakt",
  "Schachclub feiert hundert Jahre",
  "Gericht erlaubt Gärten auf Dächern",
  "Taucher bergen Kirchenglocke aus dem See",
  "Förster pflanzen Eichen statt Fichten",
  "Kino spart Strom mit neuer Leinwand",
  "Klinik stellt vierzig Pfleger ein",
  "Theater probt Oper unter freiem Himmel",
] as const;

const MORNING = Math.floor(Date.now() / HOUR) * HOUR - 10 * HOUR;

/** The paper's feed with these of them: number n is at https://blatt.example/n. */
export const blatt = (...numbers: readonly number[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Blatt</title><link>https://blatt.example/</link><description>d</description>${numbers
    .map(
      (n) =>
        `<item><title>${TITLES[n]}</title><link>https://blatt.example/${n}</link><guid>https://blatt.example/${n}</guid>` +
        `<pubDate>${new Date(MORNING + n * 10 * MINUTE).toUTCString()}</pubDate></item>`,
    )
    .join("")}</channel></rss>`;

/** Its feed when it has told so many, newest first. */
export const firstOfBlatt = (count: number): string => blatt(...Array.from({ length: count }, (_, n) => count - 1 - n));
