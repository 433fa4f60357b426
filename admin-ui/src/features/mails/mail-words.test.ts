import { expect, test } from "vitest";
import { linksOf, mailState } from "./mail-words";

test.each([
  { text: "Open http://127.0.0.1:4000/invitations/a-b_c.", links: ["http://127.0.0.1:4000/invitations/a-b_c"] },
  {
    text: "https://x.example/reset-password?token=abc\n\nIgnore it.",
    links: ["https://x.example/reset-password?token=abc"],
  },
  { text: "http://x.example/invitations/… works once", links: [] },
  { text: "http://x.example/a http://x.example/a", links: ["http://x.example/a"] },
])("$text holds $links", ({ text, links }) => {
  expect(linksOf(text)).toEqual(links);
});

test.each([
  { mail: { sentAt: "2026-11-22T12:00:00Z", error: null }, label: "Sent" },
  { mail: { sentAt: null, error: null }, label: "Waiting" },
  { mail: { sentAt: null, error: "550 no such mailbox" }, label: "Not taken" },
])("a mail with $mail is $label", ({ mail, label }) => {
  expect(mailState(mail).label).toBe(label);
});
