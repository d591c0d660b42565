import type { Query } from "./clause.ts";

/** So many publishers tell the story of any item for which the query holds; more may be asked for. */
export function leastPublishers(query: Query): number {
  switch (query.kind) {
    case "publishers":
      return query.least;
    case "and":
      return Math.max(...query.of.map(leastPublishers));
    case "or":
      return Math.min(...query.of.map(leastPublishers));
    case "not":
      return moreThan(query.of);
    default:
      return 0;
  }
}

/** "-story.publishers<3" asks for three. */
const moreThan = (query: Query): number =>
  query.kind === "publishers" && query.least === 0 && query.most !== undefined ? query.most + 1 : 0;
