/**
 * What last went wrong with a feed. It is noted in English as "code: words" (src/poll/state.ts), and the code says it.
 * Nothing for a code that needs its words.
 */
export function germanTrouble(noted: string): string | undefined {
  const [code = "", words = ""] = noted.split(": ", 2);
  if (code === "html") return `eine Webseite und kein Feed${feedNamedIn(noted)}`;
  if (code === "unreadable") return UNREADABLE.get(words);
  const [, status] = /^(?:http-|status )(\d{3})$/.exec(code) ?? [];
  const said = TROUBLES.get(code);
  return said ?? (status === undefined ? undefined : `der Server antwortet mit Status ${status}`);
}

/** Some pages name their feed: the operator's way out. */
function feedNamedIn(noted: string): string {
  const [, feed] = /; it names (\S+) as its feed$/.exec(noted) ?? [];
  return feed === undefined ? "" : `; sie nennt ${feed} als ihren Feed`;
}

const TROUBLES: ReadonlyMap<string, string> = new Map([
  ["a bot check stands before the feed", "eine Bot-Prüfung steht vor dem Feed"],
  ["status 404", "Status 404: dort ist nichts"],
  ["status 410", "Status 410: für immer eingestellt"],
  ["status 429", "Status 429: der Server bittet um seltenere Abrufe"],
  ["status 503", "Status 503: der Server bittet um seltenere Abrufe"],
  ["http-304", "304 auf eine Anfrage ohne Bedingung"],
  ["empty", "die Antwort ist leer"],
  ["robots", "die robots.txt der Quelle schließt diese Adresse aus"],
  ["dns", "der Name des Servers ist nicht zu finden"],
  ["connect", "der Server nimmt keine Verbindung an"],
  ["connect-timeout", "der Server nimmt nicht rechtzeitig ab"],
  ["headers-timeout", "der Server antwortet nicht rechtzeitig"],
  ["timeout", "die Antwort kommt nicht rechtzeitig"],
  ["cut-off", "die Verbindung brach ab"],
  ["network", "das Netz hat versagt"],
  ["protocol", "der Server spricht kein richtiges HTTP"],
  ["certificate", "das Zertifikat des Servers gilt nicht"],
  ["tls", "die Verschlüsselung kam nicht zustande"],
  ["too-large", "das Dokument ist zu groß"],
  ["too-large-unpacked", "das Dokument ist ausgepackt zu groß"],
  ["redirect-loop", "die Weiterleitungen führen im Kreis"],
  ["redirect-limit", "zu viele Weiterleitungen"],
]);

/** What the reader of documents says (src/parse/, workers/poll/read-document.ts). */
const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ["no RSS, Atom or JSON feed in it", "unlesbar: kein RSS, Atom oder JSON Feed darin"],
  ["an HTML page, not a feed", "unlesbar: eine Webseite und kein Feed"],
  ["the document is empty", "unlesbar: das Dokument ist leer"],
  ["JSON, but no JSON Feed", "unlesbar: JSON, aber kein JSON Feed"],
  ["reading it took too long", "unlesbar: das Lesen dauerte zu lange"],
  ["JSON that does not parse", "unlesbar: fehlerhaftes JSON"],
]);
