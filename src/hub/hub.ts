/**
 * WebSub (W3C Recommendation, 23 January 2018), both sides. As a subscriber: a feed's hub is discovered, asked, verified,
 * renewed, counted and left; workers/websub/ talks to hubs and keeps the subscriptions. As a hub: a request is read,
 * confirmed by its callback, granted for a while and lapses; workers/hub/ talks to subscribers and keeps them. Pure.
 */
export { discover } from "./discover.ts";
export { answered, denialTo, isHeld, lapsed, lapsesAt, missed, questionTo, type Reply, told, wished } from "./grant.ts";
export { readVerification, requestTo } from "./messages.ts";
export { publishForm, pushHeaders } from "./ping.ts";
export { received } from "./receive.ts";
export { documentPathOf, type HubRequest, readHubRequest } from "./request.ts";
export { givenUp, isProven, isPushed, offered, putOff, refused, reportOf, tended } from "./subscription.ts";
export { checked, heard } from "./tally.ts";
export { verified } from "./verify.ts";
