import type { Page } from "playwright-core";
import { inject } from "vitest";

/** Stripe's test cards, by what they do. */
export const CARDS = {
  pays: "4242 4242 4242 4242",
  isDeclined: "4000 0000 0000 0002",
  isDeclinedOnceSaved: "4000 0000 0000 0341",
} as const;

export type Card = keyof typeof CARDS;

const isHosted = (url: URL): boolean => url.origin === inject("standInUrl");

/** Waits for a page of the stand-in's to be shown. */
const onHostedPage = (page: Page): Promise<void> => page.waitForURL(isHosted);

/** Fills in a card on a hosted page and sends it. */
export async function enterCard(page: Page, card: Card): Promise<void> {
  await onHostedPage(page);
  const another = page.getByRole("radio", { name: "Another card" });
  if (await another.count()) await another.check();
  await page.getByLabel("Card number").fill(CARDS[card]);
  await page.getByLabel("Expiry").fill("12 / 49");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: /^(Subscribe|Pay|Save|Add)/ }).click();
}

/** Goes from the page of a plan's change to Checkout. */
export async function openCheckout(page: Page, plan: "STARTER" | "PROFESSIONAL"): Promise<void> {
  await page.goto(`/app/billing/plan/change?to=${plan}`);
  await page.getByRole("button", { name: /^Continue to payment of \$/ }).click();
  await onHostedPage(page);
}

/** The whole way from Free to a paid plan, until the product says that it is in force and shows its bill. */
export async function subscribe(page: Page, plan: "STARTER" | "PROFESSIONAL"): Promise<void> {
  await openCheckout(page, plan);
  await enterCard(page, "pays");
  await page.getByRole("heading", { name: /is in force$/ }).waitFor();
  await page.getByText(/on invoice/).waitFor();
}

/** Saves a card on Stripe's pages, which charges go to from then on, and comes back. */
export async function saveCard(page: Page, card: Card): Promise<void> {
  await page.goto("/app/billing/payment");
  await page.getByRole("button", { name: "Manage at Stripe" }).click();
  await onHostedPage(page);
  await page.getByRole("link", { name: "Add payment method" }).click();
  await enterCard(page, card);
  await page
    .getByText(`ending in ${CARDS[card].slice(-4)}`)
    .first()
    .waitFor();
  await page.getByRole("link", { name: /Back/ }).click();
  await page.getByText(`ending in ${CARDS[card].slice(-4)}`).waitFor();
}
