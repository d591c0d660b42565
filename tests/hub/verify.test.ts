import { describe, expect, test } from "vitest";
import { givenUp, isPushed, readVerification, requestTo, tended, verified } from "../../src/hub/hub.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { askedFor, confirmed, fresh, held, LINKS, START } from "./subscriptions.ts";

const query = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

const QUESTION = {
  "hub.mode": "subscribe",
  "hub.topic": LINKS.topic,
  "hub.challenge": "7/ä=",
  "hub.lease_seconds": "864000",
};

function ask(fields: Readonly<Record<string, string>>, subscription = askedFor(), token = "one") {
  const verification = readVerification(query(fields));
  return verification && verified(subscription, token, verification, START + MINUTE, 0.5);
}

describe("A-38: a hub's question is answered with its challenge", () => {
  test("where we have asked: this callback, this topic, this mode", () => {
    const asked = ask(QUESTION);

    expect(asked?.answer).toBe("7/ä=");
    expect(asked?.after.held).toMatchObject({ token: "one", expiresAt: START + MINUTE + 10 * DAY });
  });

  test.each([
    ["another topic (websub.rocks 205)", { ...QUESTION, "hub.topic": `${LINKS.topic}/other` }],
    ["a mode that we did not ask for", { ...QUESTION, "hub.mode": "unsubscribe" }],
    ["a mode that is none", { ...QUESTION, "hub.mode": "publish" }],
    ["no challenge", { ...QUESTION, "hub.challenge": "" }],
  ])("never with %s, and nothing changes", (_, fields) => {
    expect(ask(fields)?.answer).toBeUndefined();
    expect(ask(fields)?.after ?? askedFor()).toEqual(askedFor());
  });

  test("never for another callback, nor twice for the same", () => {
    expect(ask(QUESTION, askedFor(), "two")?.answer).toBeUndefined();
    expect(ask(QUESTION, held())?.answer).toBeUndefined();
  });

  test("unsubscribing is confirmed where we want it, and only then", () => {
    const fields = { ...QUESTION, "hub.mode": "unsubscribe" };
    const left = tended(givenUp(held(), START), fresh("two"), START, 0);

    expect(ask(fields, held())?.answer).toBeUndefined();
    expect(ask({ ...fields, "hub.topic": "https://other.example/" }, left.after)?.answer).toBeUndefined();
    expect(left.errands.leave.map(({ token }) => token)).toEqual(["one"]);
    expect(ask(fields, left.after)).toMatchObject({ answer: "7/ä=", after: { leaving: [] } });
  });

  test("a request names mode, topic, callback, lease and a secret below 200 bytes", () => {
    const { asked } = askedFor();
    if (asked === undefined) throw new Error("nothing asked");

    const { url, method, headers, body } = requestTo("subscribe", asked, "Ressort/test");

    expect([url, method, headers["content-type"]]).toEqual([LINKS.hub, "POST", "application/x-www-form-urlencoded"]);
    expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual({
      "hub.mode": "subscribe",
      "hub.topic": LINKS.topic,
      "hub.callback": asked.address,
      "hub.secret": asked.secret,
      "hub.lease_seconds": "864000",
    });
  });
});

describe("a hub that denies", () => {
  const denied = { "hub.mode": "denied", "hub.topic": LINKS.topic, "hub.reason": "no <b>news</b>" };

  test("is believed, its reason is kept, and it is left alone for a month", () => {
    const heard = ask(denied);

    expect(heard?.answer).toBe("");
    expect(heard?.after).toMatchObject({ lastError: "the hub denied it: no <b>news</b>", leaving: [] });
    expect(heard?.after.asked).toBeUndefined();
    expect(heard?.after.nextAt).toBe(START + MINUTE + 30 * DAY);
  });

  test("may take back what it has granted", () => {
    const pushed = { ...held(), pushedAt: START + 1 };

    expect(isPushed(pushed, START + HOUR)).toBe(true);
    expect(isPushed(ask(denied, pushed)?.after, START + HOUR)).toBe(false);
  });

  test("may deny a renewal: what is held stays until its lease ends", () => {
    const renewing = tended(held(), fresh("two"), START + 6 * DAY, 0).after;
    const heard = ask(denied, renewing, "two");

    expect(heard?.after.held?.token).toBe("one");
    expect(heard?.after.asked).toBeUndefined();
  });

  test("for another topic is not believed", () => {
    expect(ask({ ...denied, "hub.topic": "https://other.example/" })?.answer).toBeUndefined();
  });
});

test("a confirmed renewal leaves the old callback at once", () => {
  const renewing = tended(held(), fresh("two"), START + 6 * DAY, 0).after;
  const renewed = confirmed(renewing, "two", START + 6 * DAY);

  expect(renewed.held?.token).toBe("two");
  expect(renewed.since).toBe(START);
  expect(tended(renewed, fresh("three"), START + 6 * DAY, 0).errands.leave.map(({ token }) => token)).toEqual(["one"]);
});
