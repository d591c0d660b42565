import { describe, expect, test } from "vitest";
import { creditReader } from "../../src/curate/credit.ts";
import { publisherId } from "../../src/model/ids.ts";
import { aPlaced, type Wanted } from "../query/a-placed.ts";

const publishers = [
  { id: publisherId("abendblatt"), title: "Elbe-Abendblatt", rank: 50 },
  { id: publisherId("kurier"), title: "Der Kurier", rank: 50 },
  { id: publisherId("ap"), title: "AP News", rank: 50 },
];
const creditOf = creditReader(publishers);
const credit = (wanted: Wanted): string | undefined => creditOf(aPlaced(wanted).item);

describe("a reprint says whose text it is", () => {
  test.each<[Wanted, string]>([
    [{ author: "dpa" }, "dpa"],
    [{ author: "DPA" }, "DPA"],
    [{ author: "Mara Lind mit dpa" }, "dpa"],
    [{ author: "mit Material der dpa" }, "dpa"],
    [{ author: "elb/dpa/AFP" }, "dpa"],
    [{ author: "Deutsche Presse-Agentur GmbH" }, "Deutsche Presse-Agentur"],
    [{ author: "The Associated Press" }, "Associated Press"],
    [{ category: "dpa" }, "dpa"],
    [{ category: "dpa-infocom" }, "dpa"],
    [{ teaser: "Berlin (dpa) - Die Koalition hat sich geeinigt." }, "dpa"],
    [{ teaser: "Niederhafen (dpa/lno) – Die Fähre legt wieder ab." }, "dpa"],
    [{ teaser: "(dpa) – Die Fähre legt wieder ab." }, "dpa"],
    [{ teaser: "LOS ANGELES (Reuters) - A group of companies agreed." }, "Reuters"],
    [{ teaser: "AP - Drew missed the game again." }, "AP"],
    [{ teaser: "Wien/APA – Das Parlament tagt." }, "APA"],
    [{ teaser: "Die Fähre legt wieder ab. (dpa/tmn)" }, "dpa"],
    [{ teaser: "Die Fähre legt wieder ab. (mit dpa)" }, "dpa"],
    [{ teaser: "Die Fähre legt wieder ab (AFP)." }, "AFP"],
    [{ teaser: "Die Fähre legt wieder ab. Mit Material von dpa." }, "dpa"],
    [{ teaser: "The ferry sails again. With reporting by Reuters" }, "Reuters"],
    [{ teaser: "Die Fähre legt wieder ab. Quelle: Der Kurier" }, "Der Kurier"],
    [{ teaser: "The ferry sails again. (Source: Der Kurier)" }, "Der Kurier"],
    [{ author: "Der Kurier" }, "Der Kurier"],
    [{ title: "Ferry sails again (AP)" }, "AP"],
    [{ permalink: "https://a.example/p/faehre-dpa.urn-newsml-dpa-com-20090101-261123-930-4711" }, "dpa"],
  ])("%o", (wanted, source) => {
    expect(credit(wanted)).toBe(source);
  });
});

describe("an own text is no reprint", () => {
  test.each<Wanted>([
    { author: "Sid Maurer", teaser: "Ein Gespräch." },
    { author: "Elbe-Abendblatt" },
    { author: "Ada Reuterson" },
    { category: "AP" },
    { category: "Medien und dpa" },
    { category: "Streit bei der dpa" },
    { teaser: "Die dpa hat ein neues Haus in Berlin - und es ist rund." },
    { teaser: "Der Kurier kommt später (siehe Karte)." },
    { teaser: "Ein Bild der Fähre. (Foto: dpa)" },
    { teaser: "The ferry sails again (AP Photo/Ada Lind)" },
    { teaser: "Die Partei (SPD) - lange zerstritten - ist einig." },
    { title: "Was die AfD (dpa) nicht sagt: ein Bericht" },
    { publisher: "ap", author: "The Associated Press", teaser: "AP - Drew missed the game again.", title: "Drew (AP)" },
    {},
  ])("%o", (wanted) => {
    expect(credit(wanted)).toBeUndefined();
  });
});

test("hostile texts are read in linear time", () => {
  const long = "(dpa ".repeat(20_000) + "Quelle: ".repeat(20_000);
  const started = performance.now();

  for (let n = 0; n < 100; n += 1) credit({ title: long, teaser: long, author: long, category: long, permalink: long });

  expect(performance.now() - started).toBeLessThan(1000);
});
