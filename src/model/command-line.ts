/** A command as a reader can paste it, in the folder of Ressort. What others wrote is `given`: the shell takes it as it is. */
export const pasteable = (command: string, ...given: readonly string[]): string =>
  ["npm run --silent ressort --", command, ...given.map(quoted)].join(" ");

const quoted = (word: string): string =>
  /^[\w%+,./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
