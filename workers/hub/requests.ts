import { subscriberId } from "../../src/adapters/hub-store.ts";
import { readerAddress } from "../../src/adapters/reader-address.ts";
import { targetCheck } from "../../src/adapters/safe-address.ts";
import { documentPathOf, type HubRequest, isHeld, readHubRequest, wished } from "../../src/hub/hub.ts";
import type { Subscriber } from "../../src/model/subscriber.ts";
import { HOUR, MINUTE, SECOND } from "../../src/model/time.ts";
import { hostKeyOf } from "../../src/poll/poll.ts";
import type { Hub, HubAnswer } from "../../src/serve/serve.ts";
import { inTime } from "../in-time.ts";
import type { TopicBook } from "../topics/topic-book.ts";
import { livingPath } from "../topics/topic-list.ts";
import type { World } from "../world.ts";
import { VERIFY } from "./moves.ts";
import { openSubscribers } from "./subscribers.ts";
import { REFUSED } from "./verify.ts";

/**
 * Whoever asks chooses whom we call, so we call nobody more often than this in a minute (by domain), nor for one client,
 * nor at all; nobody who keeps saying no; and each request is one call, with an answer of which we read a line. Those who
 * have been granted a subscription share none of this with strangers, and no request counts that calls nobody.
 */
const CALLS_OF_A_HOST = 60;
const CALLS_FOR_A_CLIENT = 300;
const CALLS = 1200;
/** In an hour. Someone else's server answers 404. */
const REFUSALS = 30;
/** Of one subscriber in an hour: the shortest lease, renewed at half of its length, and then some. */
const RENEWALS = 30;
/** A subscriber gives up sooner than a Redis that hangs comes back. */
const PATIENCE = 2 * SECOND;

type Wish = Extract<HubRequest, { kind: "subscribe" | "unsubscribe" }>;

/** The web role's half of our hub: takes requests. The work role asks their callbacks back. */
export function openHubRequests(world: World, book: TopicBook): Hub {
  const { settings, metrics, log } = world;
  const subscribers = openSubscribers({ redis: world.connect("hub", false), keys: world.keys });
  const addressOf = readerAddress(settings.http.trustProxies ?? []);
  const { ports, nat64Prefix } = settings.poll;
  const refused = targetCheck({
    allowNetworks: settings.websub?.allowNetworks ?? [],
    ports,
    ...(nat64Prefix !== undefined && { nat64Prefix }),
  });

  return {
    async ask(form, remote, forwarded) {
      const request = readHubRequest(form);
      const asked = answerTo(request, addressOf(remote, forwarded) ?? remote).catch(failed);
      const answer = await inTime(asked, PATIENCE, BUSY);
      metrics.hubRequests.inc({ mode: request.kind, result: answer.kind });
      return answer;
    },
  };

  async function answerTo(request: HubRequest, client: string): Promise<HubAnswer> {
    if (request.kind === "bad") return { kind: "bad", text: request.why };
    if (request.kind === "publish")
      return { kind: "taken", text: "We are the first to know what is new in our feeds." };
    const { topic, callback } = request;
    if (refused(new URL(callback)) !== undefined) return { kind: "bad", text: notCalled(ports) };
    const path = await pathOf(topic, callback);
    if (path === undefined) return { kind: "unknown", text: NO_FEED };
    const host = hostKeyOf(callback, { allowPrivateDomains: true });
    const known = await subscribers.of(subscriberId(path, callback));
    const isCalled = known !== undefined || request.kind === "subscribe";
    const refusal = isCalled ? await refusalByCount(host, client, known) : undefined;
    return refusal ?? (await take(request, { path, host }));
  }

  function failed(error: unknown): HubAnswer {
    log.error({ err: error }, "hub.failed");
    return BUSY;
  }

  /** The document that is meant. An address that leads to another feed means that one. */
  async function pathOf(topic: string, callback: string): Promise<string | undefined> {
    const asked = documentPathOf(topic, settings.publicUrl);
    if (asked === undefined) return undefined;
    const living = livingPath(book.list(), asked) ?? asked;
    // who has not been brought along yet is known by what he asked for then
    if (living !== asked && (await subscribers.of(subscriberId(asked, callback))) !== undefined) return asked;
    if ((await subscribers.etagOf(living)) !== undefined) return living;
    return (await subscribers.etagOf(asked)) === undefined ? undefined : asked;
  }

  /** Strangers can make a host refuse what it never asked for, and use up its calls: that keeps nobody from renewing. */
  async function refusalByCount(host: string, client: string, known?: Subscriber): Promise<HubAnswer | undefined> {
    const now = world.now();
    const isGranted = known !== undefined && isHeld(known, now);
    if (!isGranted && (await subscribers.counted(REFUSED + host, HOUR, now)) >= REFUSALS)
      return tooMany(`${host} has refused too often`);
    const whose = isGranted ? "granted" : "new";
    const empty = await subscribers.spend(
      [
        aMinute(`${whose}:client:${client}`, CALLS_FOR_A_CLIENT, "you ask for too much"),
        aMinute(`${whose}:host:${host}`, CALLS_OF_A_HOST, `${host} is asked back too often`),
        aMinute(`${whose}:calls`, CALLS, "too many subscribe just now"),
        ...(isGranted
          ? [{ what: `again:${known.id}`, most: RENEWALS, stretch: HOUR, why: "this callback is asked back too often" }]
          : []),
      ],
      now,
    );
    return empty && tooMany(empty.why);
  }

  /** Saved before it is asked back: the answer may come before ours is sent. */
  async function take(
    wish: Wish,
    { path, host }: { readonly path: string; readonly host: string },
  ): Promise<HubAnswer> {
    const id = subscriberId(path, wish.callback);
    const { after, saved } = await subscribers.change(id, (before) => ({
      // whoever was never here has nothing to leave, and is not called for it
      after:
        before === undefined && wish.kind === "unsubscribe"
          ? before
          : wished(before ?? { id, path, host }, wish, world.now()),
    }));
    if (saved === "host") return tooMany(`${host} has too many subscriptions`);
    if (saved !== "saved") return { kind: "busy", text: "there are too many subscriptions" };
    if (after !== undefined) await world.queues.askForDeliveries([{ by: VERIFY, to: id }]);
    log.info({ mode: wish.kind, path, host }, "hub.asked");
    return { kind: "taken", text: "Your callback will be asked back." };
  }
}

const NO_FEED = "hub.topic is none of our feeds: take the rel=self address that the feed itself names";
const notCalled = (ports: readonly number[]): string =>
  `hub.callback is not called: it must be a public address, on port ${ports.join(", ")}`;

const aMinute = (what: string, most: number, why: string) => ({ what, most, stretch: MINUTE, why });

const tooMany = (why: string): HubAnswer => ({ kind: "too-many", text: `Try again later: ${why}` });

const BUSY: HubAnswer = { kind: "busy", text: "Try again later." };
