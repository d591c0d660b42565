import { execFileSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { parseDate } from "../../src/parse/date.ts";

const DATE = pathToFileURL(path.join(import.meta.dirname, "../../src/parse/date.ts")).href;

const iso = (written: string): string | undefined => {
  const instant = parseDate(written);
  return instant === undefined ? undefined : new Date(instant).toISOString().replace(".000Z", "Z");
};

describe("dates", () => {
  test.each([
    ["Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"],
    ["Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"],
    ["1 Jan 2004 19:48 +0100", "2004-01-01T18:48:00Z"],
    ["Thu, 01 Jan 2004 19:48:21 EST", "2004-01-02T00:48:21Z"],
    ["Thu, 01 Jan 2004 19:48:21 MEZ", "2004-01-01T18:48:21Z"],
    ["Thu, 01 Jul 2004 19:48:21 MESZ", "2004-07-01T17:48:21Z"],
    ["Thu, 01 Jul 2004 19:48:21 CEST", "2004-07-01T17:48:21Z"],
    ["Thu, 01 Jul 2004 19:48:21 BST", "2004-07-01T18:48:21Z"],
    ["Thu, 01 Jan 2004 19:48:21 GMT+0100", "2004-01-01T18:48:21Z"],
    ["Thu, 01 Jan 2004 19:48:21 +0200 (GMT)", "2004-01-01T17:48:21Z"],
    ["Thu,01 Jan 2004 19:48:21", "2004-01-01T19:48:21Z"],
    ["03 Apr 02 1500 GMT", "2002-04-03T15:00:00Z"],
    ["January 5, 2004 7:05 PM", "2004-01-05T19:05:00Z"],
    ["Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"],
    ["Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"],
    ["14-Feb-2006 08:00", "2006-02-14T08:00:00Z"],
    ["January 5, 2004 12:05 AM", "2004-01-05T00:05:00Z"],
    ["January 5, 2004 12:05 PM", "2004-01-05T12:05:00Z"],
    ["Thu, 01 Jul 2004 19:48:21 WESZ", "2004-07-01T18:48:21Z"],
    ["Thu, 01 Jul 2004 19:48:21 OESZ", "2004-07-01T16:48:21Z"],
    ["Tue, 20 Jan 2026 00:00:00 +0100", "2026-01-19T23:00:00Z"],
  ])("RFC 822 and its kin: %s", (written, expected) => expect(iso(written)).toBe(expected));

  test.each([
    ["2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z"],
    ["2003-12-31T10:14:55.25+01:00", "2003-12-31T09:14:55.250Z"],
    ["2003-12-31T10:14:55-0800", "2003-12-31T18:14:55Z"],
    ["2003-12-31T10:14+01:00", "2003-12-31T09:14:00Z"],
    ["2003-12-31T10:14:55", "2003-12-31T10:14:55Z"],
    ["2003-12-31 10:14:55", "2003-12-31T10:14:55Z"],
    ["2003-12-31", "2003-12-31T00:00:00Z"],
    ["2003-12", "2003-12-01T00:00:00Z"],
    ["2003", "2003-01-01T00:00:00Z"],
    ["20031231T101455Z", "2003-12-31T10:14:55Z"],
    ["20031231", "2003-12-31T00:00:00Z"],
    ["2003-335", "2003-12-01T00:00:00Z"],
    ["2003-12-31T10:14:55\u221205:00", "2003-12-31T15:14:55Z"],
    ["2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z"],
  ])("ISO 8601 and its kin: %s", (written, expected) => expect(iso(written)).toBe(expected));

  test.each([
    ["01.02.2004", "2004-02-01T00:00:00Z"],
    ["20.01.2026", "2026-01-20T00:00:00Z"],
    ["6.6.2025 10:53", "2025-06-06T10:53:00Z"],
    ["06.06.2025, 10:53 Uhr", "2025-06-06T10:53:00Z"],
    ["Di, 20 Mär 2007 18:00:00 +0100", "2007-03-20T17:00:00Z"],
    ["3. März 2006 08:00 MEZ", "2006-03-03T07:00:00Z"],
    ["Mi, 05 Dez 2018 10:00:00", "2018-12-05T10:00:00Z"],
    ["mar., 14 févr. 2006 09:30:00 CET", "2006-02-14T08:30:00Z"],
    ["14 août 2006 à 9h30", "2006-08-14T09:30:00Z"],
    ["14 de febrero de 2006", "2006-02-14T00:00:00Z"],
    ["Qua, 05 Set 2018 10:00:00 -0300", "2018-09-05T13:00:00Z"],
    ["gio, 20 mag 2010 12:00", "2010-05-20T12:00:00Z"],
    ["12 juin 2010", "2010-06-12T00:00:00Z"],
    ["12 juillet 2010", "2010-07-12T00:00:00Z"],
    ["vr, 2 okt 2009 11:00:00 +0200", "2009-10-02T09:00:00Z"],
    ["Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"],
    ["2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"],
    ["2004년 05월 28일 01:31:15", "2004-05-28T01:31:15Z"],
    ["25/12/2004", "2004-12-25T00:00:00Z"],
    ["Montag, 5. Januar 2004, 10.30 Uhr", "2004-01-05T10:30:00Z"],
    ["Mo, 5. Jänner 2004 9 Uhr", "2004-01-05T09:00:00Z"],
    ["Sonntag, 8. März 2026 - 09:15", "2026-03-08T09:15:00Z"],
    ["Пн, 05 янв 2004 10:00 +0300", "2004-01-05T07:00:00Z"],
    ["9 мая 2004 10:00", "2004-05-09T10:00:00Z"],
    ["5 września 2004", "2004-09-05T00:00:00Z"],
    ["05 Ağu 2004", "2004-08-05T00:00:00Z"],
  ])("as people write them elsewhere: %s", (written, expected) => expect(iso(written)).toBe(expected));

  test.each(["Mon, 01 Jan 0001 00:00:00 +0000", "01.01.0001 00:00", "0001-01-01T00:00:00Z", "Jan 1, 0001 12:00 AM"])(
    "the year 1 is what software says that has none: %s",
    (written) => expect(iso(written)).toBeUndefined(),
  );

  test("seconds and milliseconds since 1970", () => {
    expect(iso("1072865695")).toBe("2003-12-31T10:14:55Z");
    expect(iso("1072865695000")).toBe("2003-12-31T10:14:55Z");
    expect(iso("/Date(1072865695000+0100)/")).toBe("2003-12-31T10:14:55Z");
  });

  test.each([
    "",
    "gestern",
    "insert updated date here",
    "2003-02-31T10:00:00Z",
    "2003-13-01",
    "0001-01-01T00:00:00Z",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "9999-12-31T23:59:59Z",
    "03/04/2004",
    "031231",
    "12:30",
  ])("no date, an implausible one or an ambiguous one is none: %s", (written) => expect(iso(written)).toBeUndefined());

  // a child, since a process takes its zone when it starts
  test.each(["Europe/Berlin", "Asia/Tokyo", "America/St_Johns", "UTC"])(
    "no zone means UTC on a server in %s too, in winter, in summer and in the hour that there is not",
    (zone) => {
      const written = ["01 Jan 2004 19:48:21", "2004-07-01T19:48", "28.03.2004 02:30", "2003-12-31"];
      const program = `import { parseDate } from ${JSON.stringify(DATE)};
        const told = ${JSON.stringify(written)}.map((date) => new Date(parseDate(date)).toISOString());
        console.log(JSON.stringify([new Date(0).getTimezoneOffset(), ...told]));`;

      const said = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
        env: { ...process.env, TZ: zone },
      });
      const [offset, ...dates] = JSON.parse(said.toString());

      expect(offset === 0).toBe(zone === "UTC");
      expect(dates).toEqual([
        "2004-01-01T19:48:21.000Z",
        "2004-07-01T19:48:00.000Z",
        "2004-03-28T02:30:00.000Z",
        "2003-12-31T00:00:00.000Z",
      ]);
    },
  );
});
