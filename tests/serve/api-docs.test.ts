import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { startTestDaemon } from "../support/test-daemon.ts";
import { aTopic, temporaryFolder, testSettings } from "../support/test-settings.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const missing = !existsSync(CHROMIUM);
if (missing) console.warn(`SKIPPED: the API's description in a real browser: there is no ${CHROMIUM} (set CHROMIUM)`);

test.skipIf(missing)(
  "the API's description works in a browser, which it lets load nothing from elsewhere",
  {
    timeout: 60_000,
  },
  async () => {
    using folder = temporaryFolder();
    using profile = temporaryFolder();
    const settings = testSettings({ dataDir: folder.path, topics: [aTopic("gold", "gold")] });
    await using daemon = await startTestDaemon(settings, ["web"]);
    const origin = `http://127.0.0.1:${daemon.port}`;
    const browser = await chromium.launchPersistentContext(profile.path, {
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    });
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      const asked: string[] = [];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      page.on("request", (request) => asked.push(request.url()));

      await page.goto(`${origin}/api/docs`);
      await page.getByText("all topics").click();
      await page.getByRole("button", { name: "Try it out" }).click();
      await page.getByRole("button", { name: "Execute" }).click();
      await page.getByText('"source": "config"').first().waitFor();

      expect(said.filter((text) => /Content Security Policy|Error/.test(text))).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith("data:"))).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
