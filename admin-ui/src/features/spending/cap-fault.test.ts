import { expect, test } from "vitest";
import { capFault } from "./cap-fault";

test.each([
  { typed: "50", fault: null, why: "whole dollars" },
  { typed: "$1,000.50", fault: null, why: "as people paste it" },
  { typed: "0", fault: null, why: "nothing past the allowance" },
  { typed: "", fault: "Enter an amount, such as 50.00", why: "nothing typed" },
  { typed: "-1", fault: "Nothing or more", why: "below nothing" },
  { typed: "0.001", fault: "Whole cents only", why: "finer than a cent" },
  { typed: "1000000000.01", fault: "At most $1,000,000,000.00", why: "more than the server takes" },
])("$typed: $why", ({ typed, fault }) => {
  expect(capFault(typed)).toBe(fault);
});
