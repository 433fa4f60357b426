import { expect, test } from "vitest";
import { wayOf } from "./alarm-words";

const INVOICE = "01a20593-8de9-713d-a907-391fbcdf505c";
const organization = { __typename: "Organization" as const, id: "org", name: "Acme" };

test.each([
  { kind: "invoice-held", detail: { invoiceId: INVOICE }, to: `/console/invoices/${INVOICE}` },
  { kind: "webhook-failed", detail: { events: ["evt_1", "evt_2"] }, to: "/console/platform/webhooks?open=evt_1" },
  {
    kind: "call-refused",
    detail: { id: INVOICE, kind: "invoice.pay" },
    to: `/console/platform/stripe-calls?state=REFUSED&open=${INVOICE}`,
  },
  { kind: "proof", detail: { report: "r1", count: 2 }, to: "/console/money/reconciliation?open=r1" },
  { kind: "dispute", detail: { invoice: "in_1" }, to: "/console/organizations/org/subscription" },
])("an alarm of the kind $kind leads to $to", ({ kind, detail, to }) => {
  expect(wayOf({ kind, detail, organization })?.to).toBe(to);
});

test("an alarm about nothing that can be opened leads nowhere", () => {
  expect(wayOf({ kind: "drift", detail: null, organization: null })).toBeNull();
});
