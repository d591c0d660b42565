import { describe, expect, test } from "vitest";
import { parseQuery, type QueryNames, READER_LIMITS, showQuery, TOPIC_LIMITS } from "../../src/query/query.ts";

const NAMES: QueryNames = {
  sections: new Set(["politik", "wirtschaft", "sport"]),
  publishers: new Set(["abendblatt", "morgenpost"]),
  feeds: new Set(["abendblatt-alles"]),
  topics: new Map([
    ["energie", "strom OR gas"],
    ["klima", 'topic:energie "heisse tage"'],
    ["ring", "topic:kreis"],
    ["kreis", "gold topic:ring"],
    ["kaputt", 'gold "silber'],
    ["verwaist", "topic:weg"],
  ]),
};

const read = (text: string, names: QueryNames = NAMES): string => {
  const parsed = parseQuery(text, TOPIC_LIMITS, names);
  return parsed.kind === "query" ? showQuery(parsed.query) : `${parsed.at}: ${parsed.message}`;
};

describe("a name that is nobody's", () => {
  test.each([
    ["gold section:poltik", '13: there is no section "poltik"; did you mean "politik"?'],
    ["publisher:(morgenpost OR abendblat)", '25: there is no publisher "abendblat"; did you mean "abendblatt"?'],
    ["-feed:abendblatt-ales", '6: there is no feed "abendblatt-ales"; did you mean "abendblatt-alles"?'],
    ["section:wetter", '8: there is no section "wetter"; there are politik, wirtschaft, sport'],
    ["topic:energi", '6: there is no topic "energi"; did you mean "energie"?'],
    ["topic:Energie&Co", '6: "Energie&Co" is no id: did you mean "energie"?'],
    ['publisher:"Morgenpost & Söhne"', '10: "Morgenpost & Söhne" is no id: did you mean "morgenpost"?'],
    ['feed:"Abendblatt: Alles"', '5: "Abendblatt: Alles" is no id: did you mean "abendblatt-alles"?'],
    ["topic:wetter&co", '6: "wetter&co" is no id: ids have a-z, 0-9 and "-" only, as in "welt-am-abend"'],
  ])("%s", (text, said) => {
    expect(read(text)).toBe(said);
  });

  test("is no mistake where nobody says which names there are, save that of a topic", () => {
    expect(read("section:wetter publisher:x feed:y", {})).toBe("section:wetter publisher:x feed:y");
    expect(read("topic:energie", {})).toBe('6: there is no topic "energie"');
  });
});

describe("another topic", () => {
  test.each([
    ["topic:energie", "strom OR gas"],
    ["preis* topic:Energie", "preis* (strom OR gas)"],
    ["-topic:energie", "-(strom OR gas)"],
    ["gold OR topic:energie", "gold OR strom OR gas"],
    ["topic:klima", '(strom OR gas) "heisse tage"'],
    ["topic:(energie OR klima)", 'strom OR gas OR ((strom OR gas) "heisse tage")'],
  ])("%s asks for what it asks for", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test("does not ask for itself, by whatever way, and has no mistakes of its own", () => {
    expect(read("gold topic:ring")).toBe("11: a topic cannot ask for itself: ring asks for kreis asks for ring");
    expect(read("topic:kaputt")).toBe(
      '6: the query of topic "kaputt" has a mistake: this quotation mark is never closed',
    );
    expect(read("topic:verwaist")).toBe(
      '6: the query of topic "verwaist" has a mistake: there is no topic "weg"; there are energie, klima, ring, kreis, kaputt, verwaist',
    );
  });

  test("is one word of a search, however many it has, and all that are asked for together have a limit", () => {
    const long = Array.from({ length: 150 }, (_, n) => `w${n}`).join(" OR ");
    const twice = new Map([
      ["lang", long],
      ["doppelt", "topic:lang topic:lang"],
      ["viel", "topic:doppelt topic:doppelt"],
    ]);
    const names = { topics: new Map([...twice, ["zu-viel", "topic:viel topic:viel"]]) };

    expect(parseQuery("a b c d e f g topic:lang", READER_LIMITS, names).kind).toBe("query");
    expect(parseQuery("a b c d e f g h topic:lang", READER_LIMITS, names).kind).toBe("bad");
    expect(parseQuery("topic:viel", TOPIC_LIMITS, names).kind).toBe("query");
    expect(parseQuery("topic:zu-viel", TOPIC_LIMITS, names)).toMatchObject({
      at: 6,
      message: "the topics asked for have 1000 words at most, all together",
    });
  });

  test("topics that ask for topics that ask for topics are answered at once", () => {
    const references = (n: number): string => `topic:t${n} `.repeat(200);
    const topics = new Map(Array.from({ length: 20 }, (_, n) => [`t${n}`, n === 19 ? "*" : references(n + 1)]));
    const chain = new Map(Array.from({ length: 20 }, (_, n) => [`t${n}`, n === 19 ? "*" : `topic:t${n + 1}`]));
    const started = performance.now();

    expect(read("topic:t0", { topics })).toMatch(/8 deep at most|1000 words/);
    expect(read("topic:t0", { topics: chain })).toBe("6: topics that ask for topics go 8 deep at most");
    expect(read("topic:t12", { topics: chain })).toBe("*");
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test("a name that is nobody's costs little, however many names there are: anybody may search for one", () => {
  const feeds = new Set(Array.from({ length: 5000 }, (_, n) => `${n}-${"abcdefghijklmnopqrstuvwxyz".repeat(2)}`));
  /** Microseconds of processor time, in the best of three rounds: others use the process, too. */
  const costOf = (name: string, times: number): number => {
    const rounds = [1, 2, 3].map(() => {
      const started = process.cpuUsage();
      for (let n = 0; n < times; n += 1) expect(parseQuery(`feed:${name}`, READER_LIMITS, { feeds }).kind).toBe("bad");
      return process.cpuUsage(started).user / times;
    });
    return Math.min(...rounds);
  };
  costOf("y", 100);

  // nothing is compared with a name that short; with all letters of all pairs it would be more than six hundred times that
  expect(costOf("y".repeat(50), 4) / costOf("y", 200)).toBeLessThan(300);
});
