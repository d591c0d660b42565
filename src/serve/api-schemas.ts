import type { Act } from "../model/editing.ts";
import { isoOf } from "../model/time.ts";
import { PROBLEM_SCHEMA } from "./problem.ts";

/** What several descriptions of the API share. */
export const ID_PARAMS = { type: "object", properties: { id: { type: "string", description: "of the topic" } } };

export const WRITING = { security: [{ token: [] }] };

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: PROBLEM_SCHEMA } },
});

export const PROBLEMS = {
  400: problem("no JSON"),
  401: problem("no token, or a wrong one"),
  403: problem("writing is switched off"),
  404: problem("there is no such thing"),
  409: problem(
    "not as things are: it stands in config/topics.yaml, others ask for it, or there is no room for one more",
  ),
  412: problem("it has changed since it was read"),
  413: problem("more than 64 KB"),
  422: problem("it makes no sense as it is written: errors says where and what would be right"),
  429: problem("too many wrong tokens"),
  503: problem("others are being served: Retry-After says when to come again"),
};

export const LISTED_SCHEMA = {
  type: "object",
  properties: {
    id: { type: "string" },
    topic: { type: "object", additionalProperties: true, description: "as it would stand in topics.yaml" },
    source: { type: "string", enum: ["config", "section", "edited"] },
    etag: { type: "string", description: "for If-Match, in quotes" },
    hints: {
      type: "array",
      items: { type: "string" },
      description: "where its query was perhaps meant otherwise than it is read",
    },
    broken: { type: "array", items: PROBLEM_SCHEMA.properties.errors.items },
  },
};

/** An act with its times as they leave the program. */
export const shownAct = ({ at, ...act }: Act & { readonly until?: number }) => ({
  ...act,
  at: isoOf(at),
  ...(act.until !== undefined && { until: isoOf(act.until) }),
});
