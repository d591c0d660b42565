/**
 * WebSub (W3C Recommendation, 23 January 2018). The subscriber's side: a feed's hub is discovered, asked, verified,
 * renewed, counted and left. Pure: workers/websub/ talks to hubs and keeps the subscriptions.
 */
export { discover } from "./discover.ts";
export { readVerification, requestTo } from "./messages.ts";
export { received } from "./receive.ts";
export { givenUp, isProven, isPushed, offered, putOff, refused, reportOf, tended } from "./subscription.ts";
export { checked, heard } from "./tally.ts";
export { verified } from "./verify.ts";
