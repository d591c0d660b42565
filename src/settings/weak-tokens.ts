import type { Settings } from "../model/settings.ts";

/** Shorter ones can be guessed. */
const SHORT_TOKEN = 16;

/** A warning for each token of the API that anybody could come by. */
export function weakTokens({ api }: Settings): readonly string[] {
  const weak = Object.entries(api?.tokens ?? {}).filter(([, token]) => token.length < SHORT_TOKEN);
  return weak.map(
    ([name]) =>
      `the API's token "${name}" has less than ${SHORT_TOKEN} characters and can be guessed: take one of "openssl rand -hex 32"`,
  );
}
