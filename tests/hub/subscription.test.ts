import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checked, givenUp, heard, isPushed, offered, refused, reportOf, tended } from "../../src/hub/hub.ts";
import { callbacksOf, dueAt, type Subscription } from "../../src/model/subscription.ts";
import { DAY, HOUR, MINUTE } from "../../src/model/time.ts";
import { askedFor, confirmed, fresh, held, LINKS, START } from "./subscriptions.ts";

const asks = (subscription: Subscription, now: number) => tended(subscription, fresh("new"), now, 0).errands.ask?.token;

describe("A-40: a subscription is renewed", () => {
  test("at about half of its lease: not all on one day in the same minute", () => {
    const renewals = [0, 0.25, 0.5, 0.75, 1].map(
      (chance) => (dueAt(confirmed(askedFor(), "one", START, 10 * DAY, chance)) ?? 0) - START,
    );

    expect(renewals.map((renewal) => renewal / HOUR)).toEqual([108, 114, 120, 126, 132]);
  });

  test("with a new callback and a new secret", () => {
    const { ask } = tended(held(), fresh("two"), START + 5 * DAY, 0).errands;

    expect(ask).toMatchObject({ token: "two", secret: "secret-of-two", ...LINKS });
  });

  test("what is held stays while the hub does not answer, and it is asked daily until the lease ends", () => {
    let subscription: Subscription = { ...held(), pushedAt: START + 1 };
    const askedAt: number[] = [];
    for (let now = START; now < START + 11 * DAY; now += HOUR) {
      const { after, errands } = tended(subscription, fresh(`at-${now}`), now, 0.5);
      if (errands.ask !== undefined) askedAt.push(now);
      subscription = after;
      expect(isPushed(subscription, now)).toBe(now < START + 10 * DAY);
    }
    const gaps = askedAt.slice(1).map((at, n) => at - (askedAt[n] ?? 0));

    expect(askedAt[0]).toBe(START + 5 * DAY);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(DAY);
    expect(askedAt.length).toBeGreaterThanOrEqual(5);
  });

  test("a lease that is absurd is taken for what it can be", () => {
    const seconds = (lease: number) => (confirmed(askedFor(), "one", START, lease).held?.expiresAt ?? 0) - START;

    expect(seconds(10_000 * DAY)).toBe(14 * DAY);
    expect(seconds(0)).toBe(DAY);
    expect((confirmed(askedFor(), "one", START, MINUTE).nextAt ?? 0) - START).toBe(30 * MINUTE);
  });
});

describe("a hub that does not answer", () => {
  test("is never asked more than once a day, and ever more seldom", () => {
    let subscription = offered(undefined, LINKS, START);
    const askedAt: number[] = [];
    for (let now = START; now < START + 60 * DAY && subscription !== undefined; now += HOUR) {
      const { after, errands } = tended(subscription, fresh(`at-${now}`), now, 0.5);
      if (errands.ask !== undefined) askedAt.push(now);
      subscription = errands.ask === undefined ? after : refused(after, errands.ask.token, "connect: nobody there");
    }
    const gaps = askedAt.slice(1).map((at, n) => at - (askedAt[n] ?? 0));

    expect(askedAt[0]).toBe(START);
    expect(gaps.every((gap) => gap >= DAY)).toBe(true);
    expect(gaps.toSorted((one, other) => one - other)).toEqual(gaps);
    expect(gaps.at(-1)).toBeGreaterThan(10 * DAY);
    expect(subscription && reportOf(subscription, START + 60 * DAY)).toMatchObject({
      state: "waiting",
      trouble: "connect: nobody there",
    });
  });

  test("a worker that dies after asking does not ask again today", () => {
    expect(asks(askedFor(), START + 23 * HOUR)).toBeUndefined();
    expect(asks(askedFor(), START + 27 * HOUR)).toBe("new");
  });
});

describe("what a document offers", () => {
  test("the same again changes nothing", () => {
    const subscription = held();

    expect(offered(subscription, { ...LINKS }, START + DAY)).toBe(subscription);
  });

  test("another hub or topic is asked at once, and the old one left", () => {
    const moved = offered(held(), { ...LINKS, hub: "https://other.example/" }, START + DAY);
    const { errands } = tended(moved ?? held(), fresh("two"), START + DAY, 0);

    expect(errands.ask).toMatchObject({ hub: "https://other.example/", token: "two" });
    expect(errands.leave).toMatchObject([{ hub: LINKS.hub, token: "one" }]);
  });

  test("a rel=self that is another one in every document does not make us ask more than daily", () => {
    let subscription = offered(undefined, LINKS, START);
    let asked = 0;
    for (let hour = 0; hour < 240 && subscription !== undefined; hour += 1) {
      const now = START + hour * HOUR;
      subscription = offered(subscription, { ...LINKS, topic: `${LINKS.topic}?session=${hour}` }, now) ?? subscription;
      const { after, errands } = tended(subscription, fresh(`t${hour}`), now, 0);
      asked += errands.ask === undefined ? 0 : 1;
      subscription = errands.ask === undefined ? after : confirmed(after, `t${hour}`, now);
    }

    expect(asked).toBe(10);
  });

  test("no hub any more: it is left, and nothing stays behind", () => {
    const left = tended(givenUp(held(), START), fresh("two"), START, 0);
    const again = tended(left.after, fresh("two"), START + 2 * DAY, 0);
    const over = tended(again.after, fresh("two"), START + 4 * DAY, 0);

    expect([left, again, over].map(({ errands }) => errands.leave.length)).toEqual([1, 1, 0]);
    expect(dueAt(over.after)).toBeUndefined();
  });
});

describe("A-41: polling relies on a hub only as far as it pushes", () => {
  test("a verified hub is relied upon once it has pushed, and no longer than its lease", () => {
    const pushing = heard(held(), START + HOUR);

    expect(isPushed(held(), START + HOUR)).toBe(false);
    expect(isPushed(pushing, START + HOUR)).toBe(true);
    expect(isPushed(pushing, START + 10 * DAY)).toBe(false);
  });

  const found = (previousAt: number, now: number, published: readonly (number | undefined)[]) => ({
    previousAt,
    now,
    published,
  });

  test("three polls that find what was not pushed, and the hub is left for half a year", () => {
    let subscription = heard(held(), START + HOUR);
    for (let day = 2; day <= 4; day += 1) {
      expect(subscription.held).toBeDefined();
      subscription = checked(subscription, found(START + (day - 1) * DAY, START + day * DAY, [undefined]));
    }
    const again = offered(subscription, LINKS, START + 5 * DAY);

    expect(subscription.held).toBeUndefined();
    expect(subscription.leaving.map(({ token }) => token)).toEqual(["one"]);
    expect(reportOf(subscription, START + 5 * DAY)).toMatchObject({ state: "silent", hub: LINKS.hub });
    expect(again).toBe(subscription);
    expect(asks(subscription, START + 100 * DAY)).toBeUndefined();
    expect(asks(subscription, START + 185 * DAY)).toBe("new");
  });

  test("another hub of the same feed is asked all the same", () => {
    let subscription = held();
    for (let day = 2; day <= 4; day += 1)
      subscription = checked(subscription, found(START + (day - 1) * DAY, START + day * DAY, [undefined]));
    const moved = offered(subscription, { ...LINKS, hub: "https://other.example/" }, START + 5 * DAY);

    expect(moved && asks(moved, START + 5 * DAY)).toBe("new");
  });

  test("what appeared before we were subscribed, or a moment ago, is not missed", () => {
    const now = START + DAY;

    expect(checked(held(), found(START - HOUR, now, [undefined])).misses).toBe(0);
    expect(checked(held(), found(START + HOUR, now, [now - MINUTE])).misses).toBe(0);
    expect(checked(held(), found(START + HOUR, now, [now - HOUR])).misses).toBe(1);
  });

  test("a push that was only late takes the miss back; a poll that finds all pushed, too", () => {
    const missed = checked(held(), found(START + HOUR, START + DAY, [undefined]));

    expect(missed.misses).toBe(1);
    expect(heard(missed, START + DAY + 5 * MINUTE).misses).toBe(0);
    expect(heard(missed, START + DAY + 5 * HOUR).misses).toBe(1);
    const pushing = heard(missed, START + DAY + 5 * HOUR);
    expect(checked(pushing, found(START + DAY, START + 2 * DAY, [])).misses).toBe(0);
    expect(checked(missed, found(START + DAY, START + 2 * DAY, [])).misses).toBe(1);
  });
});

test("whatever happens in whatever order, callbacks are few, distinct, and every step has an end", () => {
  const step = fc.constantFrom("tend", "confirm", "offer", "move", "leave", "push", "miss", "wait");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let subscription = offered(undefined, LINKS, START);
      let now = START;
      for (const [n, what] of steps.entries()) {
        if (subscription === undefined) return;
        subscription = taken(subscription, what, `t${n}`, now);
        if (what === "wait") now += DAY;
        const tokens = callbacksOf(subscription).map(({ token }) => token);
        expect(new Set(tokens).size).toBe(tokens.length);
        expect(tokens.length).toBeLessThanOrEqual(6);
        const { after, errands } = tended(subscription, fresh(`u${n}`), now, 0);
        const due = dueAt(after);
        // whatever was done now is not due again now
        if (due !== undefined) expect(due).toBeGreaterThan(now);
        expect(errands.leave.length).toBeLessThanOrEqual(4);
      }
    }),
    { numRuns: 500 },
  );
});

function taken(subscription: Subscription, what: string, token: string, now: number): Subscription {
  switch (what) {
    case "tend":
      return tended(subscription, fresh(token), now, 0.3).after;
    case "confirm":
      return subscription.asked === undefined ? subscription : confirmed(subscription, subscription.asked.token, now);
    case "offer":
      return offered(subscription, LINKS, now) ?? subscription;
    case "move":
      return offered(subscription, { ...LINKS, hub: `https://${token}.example/` }, now) ?? subscription;
    case "leave":
      return givenUp(subscription, now);
    case "push":
      return heard(subscription, now);
    case "miss":
      return checked(subscription, { published: [undefined], previousAt: now - HOUR, now });
    default:
      return subscription;
  }
}
