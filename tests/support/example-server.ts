/** `node tests/support/example-server.ts [port]`: the pages over the example day, to look at. Ends with Ctrl-C. */
import { openServer } from "../../src/serve/serve.ts";
import { EXAMPLE_NOW } from "./example-press.ts";
import { exampleView } from "./example-view.ts";

const port = Number(process.argv[2] ?? 8099);
const app = await openServer(await exampleView({ publicUrl: `http://127.0.0.1:${port}` }), {
  log: console,
  now: () => EXAMPLE_NOW,
});
console.log(await app.listen({ host: "127.0.0.1", port }));
