import type { Settings } from "../model/settings.ts";
import { MINUTE, showDuration } from "../model/time.ts";
import { type ConfigFile, problemAt } from "./config-file.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import { isPublicUrl } from "./public-url.ts";

/** Publishers block those who come more often, validators or not. */
const RUDE_INTERVAL = 5 * MINUTE;

/** What makes a good guest of publishers. In production they must be able to reach us (facts A-26). */
export function checkManners(
  { publicUrl, poll, websub }: Settings,
  file: ConfigFile<"ressort">,
  env: Environment,
): { readonly problems: readonly Problem[]; readonly warnings: readonly string[] } {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  if (poll.contactUrl === publicUrl && isLocal(publicUrl)) {
    const words = "publishers cannot tell who polls them";
    const hint = "set poll.contactUrl in ressort.yaml, or RESSORT_CONTACT_URL, to a page that says how to reach you";
    if (env["NODE_ENV"] === "production") problems.push(problemAt(file, ["poll", "contactUrl"], words, hint));
    else warnings.push(`${words}: ${hint}`);
  }
  if (poll.minInterval > poll.maxInterval) {
    const words = `${showDuration(poll.minInterval)} is longer than maxInterval, ${showDuration(poll.maxInterval)}`;
    problems.push(problemAt(file, ["poll", "minInterval"], words, "make it the shorter of the two"));
  }
  // The demo and the tests poll their own machine as often as they like.
  if (poll.minInterval < RUDE_INTERVAL && poll.allowNetworks.length === 0) {
    const shortest = showDuration(poll.minInterval);
    warnings.push(`poll.minInterval is ${shortest}: publishers may block you below ${showDuration(RUDE_INTERVAL)}`);
  }
  if (websub?.subscribe === true && !isPublicUrl(publicUrl))
    warnings.push(`websub.subscribe is on, but hubs cannot call ${publicUrl}: set publicUrl to an address they reach`);
  if (websub?.hub?.isOwn === true && !isPublicUrl(publicUrl))
    warnings.push(`websub.hub is on, but strangers cannot ask ${publicUrl}/hub: only readers in your own network can`);
  return { problems, warnings };
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}
