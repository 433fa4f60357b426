import { expect, test } from "vitest";
import { type BillingNews, letterFor } from "./billing-mails.ts";

const until = new Date("2027-01-08T09:12:00Z");
const URL = "https://qlp.example/app/billing/plan";

test.each<{ news: BillingNews; says: RegExp }>([
  {
    news: { kind: "past-due", plan: "Starter", accessUntil: until, payUrl: "https://pay.example/x" },
    says: /stays until 2027-01-08 09:12 UTC[^]*Pay now: https:\/\/pay\.example\/x$/,
  },
  {
    news: { kind: "past-due", plan: "Starter", accessUntil: until, payUrl: null },
    says: /Pay now: https:\/\/qlp\.example/,
  },
  { news: { kind: "restored", plan: "Starter" }, says: /everything is as before/ },
  { news: { kind: "ended", plan: "Starter" }, says: /You are on Free now/ },
  { news: { kind: "trial-ends", plan: "Professional", endsAt: until, hasCard: true }, says: /card on file is charged/ },
  {
    news: { kind: "trial-ends", plan: "Professional", endsAt: until, hasCard: false },
    says: /go on with Free; nothing is charged/,
  },
  { news: { kind: "overdue", number: "QLP-1", payUrl: null }, says: /QLP-1 was due[^]*Pay it: https:\/\/qlp\.example/ },
  { news: { kind: "action-required", payUrl: null }, says: /Confirm it: https:\/\/qlp\.example/ },
])("$news.kind is told with what follows and what can be done", ({ news, says }) => {
  expect(letterFor(news, URL).text).toMatch(says);
});
