import { hintsOf, namesOf, parseQuery, READER_LIMITS, showQuery, TOPIC_LIMITS } from "../../src/query/query.ts";
import { type Command, OperatorError, UsageError } from "../command.ts";
import { OPTIONS_HELP, parsed } from "../options.ts";
import { settingsOrExit } from "../settings.ts";

export const command: Command = {
  summary: "how a query is understood, in its one spelling, or where it goes wrong",
  usage: `
ressort query QUERY [--search]   for example 'die Börse OR title:(gold silber) -is:copy'

Stop words that are not asked for are gone, topics are written out, brackets that say nothing are left out. What is
printed asks for the same, and may stand in topics.yaml. Topics are those of topics.yaml.

  --search       as a reader's search, which has fewer words than a topic's query may have, and may ask for within:
${OPTIONS_HELP}`,
  async run(args) {
    const { values, positionals } = parsed(args, { search: { type: "boolean" } }, true);
    const [text] = positionals;
    if (text === undefined || positionals.length > 1) throw new UsageError("say one query, between quotation marks");
    const limits = values.search === true ? READER_LIMITS : TOPIC_LIMITS;
    const read = parseQuery(text, limits, namesOf(settingsOrExit(values.config)));
    if (read.kind === "bad")
      throw new OperatorError(`this is no query:\n${text}\n${" ".repeat(read.at)}^ ${read.message}`);
    console.log(showQuery(read.query));
    for (const { message } of hintsOf(text)) console.error(`hint: ${message}`);
    return 0;
  },
};
