import { expect, test } from "vitest";
import { money, rhythm } from "./format.ts";
import { html } from "./html.ts";

test.each([
  [9900, "usd", "$99.00"],
  [5, "usd", "$0.05"],
  [-123456, "usd", "-$1,234.56"],
  [0, "eur", "€0.00"],
  [1500, "jpy", "¥1,500"],
  [9007199254740991, "usd", "$90,071,992,547,409.91"],
])("%i of the smallest unit of %s is %s", (minor, currency, text) => {
  expect(money(minor, currency)).toBe(text);
});

test.each([
  [{ interval: "month", interval_count: 1 }, "monthly"],
  [{ interval: "month", interval_count: 3 }, "every 3 months"],
])("%o is billed %s", (recurring, text) => {
  expect(rhythm(recurring)).toBe(text);
});

test("what people typed is text in a page, never markup", () => {
  const name = `<b onclick="x('y')">&`;
  expect(html`<p title="${name}">${name}${null}${false}${[html`<i>${1}</i>`]}</p>`.markup).toBe(
    `<p title="&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;">&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;&amp;<i>1</i></p>`,
  );
});
