export { addressKey, domainOf, webAddress } from "./address.ts";
export type { Candidate } from "./candidate.ts";
export { usualAddresses } from "./common-paths.ts";
export { enlist } from "./enlist.ts";
export { likelySection } from "./likely-section.ts";
export { readOpml } from "./read-opml.ts";
export { readPage, type WebPage } from "./read-page.ts";
export { openRegister, type Register } from "./register.ts";
export type { OpmlReading, OpmlTrouble, Subscription } from "./subscription.ts";
