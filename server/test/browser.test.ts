import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { launchBrowser } from "./browser.ts";

test("a browser of this machine or of the packages shows a page of ours", async () => {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<h1>Usage</h1><script>document.title = `${innerWidth} wide`</script>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await page.title()).toBe("1440 wide");
    const { width = 0 } = (await page.getByRole("heading", { name: "Usage" }).boundingBox()) ?? {};
    expect(width).toBeGreaterThan(100);
  } finally {
    await browser.close();
    server.close();
  }
});
