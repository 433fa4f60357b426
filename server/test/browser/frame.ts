import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { inject, test as base } from "vitest";
import { launchBrowser } from "../browser.ts";

const PATIENCE_MS = 30_000;

type Fixtures = {
  browser: Browser;
  /** Opens the product in a browser of its own: nothing is shared but the server. */
  visit: (path?: string, options?: BrowserContextOptions) => Promise<Page>;
};

/** A test that acts as people do. What the browser complains about in any of the product's pages fails it. */
export const test = base.extend<Fixtures>({
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from this pattern
    async ({}, provide) => {
      const browser = await launchBrowser();
      await provide(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  visit: async ({ browser, task }, provide) => {
    const pages: Page[] = [];
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await provide(async (path, options = {}) => {
      const context = await browser.newContext({
        baseURL: inject("productUrl"),
        viewport: { width: 1440, height: 900 },
        locale: "en-US",
        timezoneId: "Europe/Berlin",
        reducedMotion: "reduce",
        ...options,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      contexts.push(context);
      const page = await context.newPage();
      pages.push(page);
      listen(page, complaints);
      if (path !== undefined) await page.goto(path);
      return page;
    });

    for (const error of task.result?.errors ?? []) {
      error.message += (await Promise.all(pages.map(describePage))).join("");
    }
    await Promise.all(contexts.map((context) => context.close()));
    if (complaints.length > 0) throw new Error(`The browser complains:\n${complaints.join("\n")}`);
  },
});

/** Pages of the stand-in for Stripe are not the product's; a refused card is an answer of 422 there. */
const isOurs = (url: string): boolean => url.startsWith(inject("productUrl"));

function listen(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${String(error)}`));
  page.on("console", (message) => {
    if (isOurs(page.url()) && (message.type() === "error" || message.type() === "warning"))
      complaints.push(`${page.url()}: ${message.type()}: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Leaving a page ends what it still asked for.
    if (reason !== "net::ERR_ABORTED") complaints.push(`${page.url()}: ${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (isOurs(response.url()) && response.status() >= 400)
      complaints.push(`${page.url()}: ${response.url()}: ${response.status()}`);
  });
}

async function describePage(page: Page): Promise<string> {
  if (page.isClosed()) return "";
  const tree = await page.locator("body").ariaSnapshot({ timeout: 2_000 }).catch(String);
  return `\n\n${page.url()}\n${tree}`;
}
