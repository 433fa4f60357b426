import { html, type Html } from "./html.ts";

/** Whose pages these are. */
export const MERCHANT = "QLP Monetization";

type Page = {
  readonly title: string;
  readonly body: Html;
  readonly shape?: "one" | "two" | "narrow";
  /** Where the person came from. */
  readonly back?: { readonly url: string; readonly label: string } | null;
};

/** The frame of every hosted page. */
export const layout = ({ title, body, shape = "one", back }: Page): string =>
  `<!doctype html>${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${MERCHANT}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/hosted.css" />
      </head>
      <body>
        <header class="top">
          <div>
            <strong>${MERCHANT}</strong> <span class="test">Test mode</span>
            ${back && html`<a class="back" href="${back.url}">← ${back.label}</a>`}
          </div>
        </header>
        <main class="${shape}">${body}</main>
        <footer>A page of stripe-local, a stand-in for Stripe. No money moves and no real card is taken.</footer>
      </body>
    </html>`.markup
  }`;

/** A page that has nothing but something to say. */
export const messagePage = (title: string, text: string, link?: { url: string; label: string }): string =>
  layout({
    title,
    shape: "narrow",
    body: html`<section class="card">
      <h1>${title}</h1>
      <p class="soft">${text}</p>
      ${link && html`<div class="actions"><a class="button" href="${link.url}">${link.label}</a></div>`}
    </section>`,
  });

export const note = (kind: "bad" | "good" | "warn", text: string | null): Html | null =>
  text === null ? null : html`<p class="note ${kind}" role="${kind === "bad" ? "alert" : "status"}">${text}</p>`;
