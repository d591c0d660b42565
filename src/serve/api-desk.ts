import type { FastifyRequest } from "fastify";
import type { ActKind, Editing } from "../model/editing.ts";
import type { EditTerms, ListedTopic, Refusal } from "../model/topic-edit.ts";
import type { TopicLogEntry } from "../model/topic-log.ts";
import type { Tokens } from "./api-guard.ts";

/** What the API may have done. Bodies come as they were sent, and are checked behind this. */
export interface ApiDesk {
  readonly tokens: Tokens;
  /** who asks, as far as addresses tell */
  clientOf(request: FastifyRequest): string;
  topics(): readonly ListedTopic[];
  topic(id: string): ListedTopic | undefined;
  put(id: string, body: unknown, terms: EditTerms): Promise<ListedTopic | Refusal>;
  patch(id: string, body: unknown, terms: EditTerms): Promise<ListedTopic | Refusal>;
  rename(id: string, body: unknown, terms: EditTerms): Promise<ListedTopic | Refusal>;
  remove(id: string, terms: EditTerms): Promise<"removed" | Refusal>;
  editing(id: string): Editing | Refusal;
  /** `note`: what is odd about what was done */
  act(
    id: string,
    kind: ActKind,
    body: unknown,
    terms: EditTerms,
  ): Promise<(Editing & { readonly note?: string }) | Refusal>;
  takeBack(id: string, kind: ActKind, item: string, terms: EditTerms): Promise<Editing | Refusal>;
  /** what the last 30 days would have looked like under a topic's new rules; left out: nobody can say */
  preview?(body: unknown): Promise<object | Refusal>;
  log(limit: number, topic?: string): Promise<readonly TopicLogEntry[] | Refusal>;
  /** JSON Schemas of the bodies, for whoever reads the description */
  readonly schemas: {
    readonly topic: object;
    /** with its id */
    readonly newTopic: object;
    readonly patch: object;
    readonly rename: object;
    readonly acts: Readonly<Record<ActKind, object>>;
  };
}
