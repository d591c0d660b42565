import type { Redis } from "ioredis";
import type { HostBudget } from "../model/host-budget.ts";
import { DAY, type Duration, type Instant } from "../model/time.ts";
import { gather } from "./gather.ts";
import type { Keys } from "./keys.ts";
import { redisScript } from "./redis-script.ts";

const enterScript = redisScript("enter-host");
const learnScript = redisScript("learn-host");

/** A host that gave no trouble for so long is a host like any other. */
const MEMORY: Duration = 30 * DAY;
/** Other workers learn of the same host at the same time; what is lost after so many tries, the next answer tells. */
const TRIES = 5;

export interface HostLimits {
  readonly gap: Duration;
  readonly concurrency: number;
  /** a request that did not say goodbye (its worker was killed) is forgotten after this */
  readonly longest: Duration;
}

export interface Turn {
  /** 0: go */
  readonly wait: Duration;
  /** the moment after `wait` is kept for this request, which then comes with `hasMoment`; else somebody may be first */
  readonly isKept: boolean;
  /** what was learned of the host, if anything */
  readonly budget?: HostBudget;
}

interface Request {
  readonly host: string;
  readonly route: string;
  readonly token: string;
  readonly now: Instant;
  readonly patience: Duration;
  readonly hasMoment: boolean;
}

/** How often and how many at once a host is asked, counted over all workers, and what they learned of it. */
export function hostGate(redis: Redis, keys: Keys, limits: HostLimits) {
  /** Those who come at one moment ask as one. */
  const enter = gather<Request, Turn>(async (requests) => {
    const { gap, concurrency, longest } = limits;
    const answers = (await enterScript(
      redis,
      requests.flatMap(({ host }) => [
        keys.hostActive(host),
        keys.hostNext(host),
        keys.hostPromised(host),
        keys.hostBudget(host),
      ]),
      [
        gap,
        concurrency,
        longest,
        ...requests.flatMap(({ now, token, route, patience, hasMoment }) => [
          now,
          token,
          route,
          patience,
          hasMoment ? 1 : 0,
        ]),
      ],
    )) as (number | string)[];
    return requests.map((_, n) => ({
      wait: Number(answers[3 * n]),
      isKept: answers[3 * n + 1] === 1,
      ...readBudget(String(answers[3 * n + 2])),
    }));
  });

  const leave = gather<Pick<Request, "host" | "token">, unknown>(async (left) => {
    const byHost = [...Map.groupBy(left, ({ host }) => host)];
    await Promise.all(
      byHost.map(([host, requests]) => redis.zrem(keys.hostActive(host), ...requests.map(({ token }) => token))),
    );
    return left;
  });

  return {
    /**
     * @param token names the request until leave()
     * @param patience how long the caller would wait for a moment of his own
     */
    async enter(
      host: string,
      route: string,
      token: string,
      now: Instant,
      { patience = 0, hasMoment = false }: { readonly patience?: Duration; readonly hasMoment?: boolean } = {},
    ): Promise<Turn> {
      return await enter({ host, route, token, now, patience, hasMoment });
    },

    async leave(host: string, token: string): Promise<void> {
      await leave({ host, token });
    },

    /**
     * Changes what is known of a host. Costs nothing where `change` returns what it was given.
     * @param seen the budget that enter() came with
     */
    async learn(
      host: string,
      seen: HostBudget | undefined,
      change: (budget: HostBudget | undefined) => HostBudget | undefined,
    ): Promise<void> {
      let before = seen;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const after = change(before);
        if (after === before) return;
        const args = [textOf(before), textOf(after), MEMORY];
        const answer = String(await learnScript(redis, [keys.hostBudget(host)], args));
        if (answer === "done") return;
        before = readBudget(answer).budget;
      }
    },
  };
}

export type HostGate = ReturnType<typeof hostGate>;

/** Written and read by us alone: the same budget is the same text. */
const textOf = (budget: HostBudget | undefined): string => (budget === undefined ? "" : JSON.stringify(budget));

const readBudget = (text: string): { readonly budget?: HostBudget } =>
  text === "" ? {} : { budget: JSON.parse(text) as HostBudget };
