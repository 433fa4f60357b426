import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAmount, formatBrief, formatDigits, formatExact } from "./money";

const usd = (amount: string) => ({ amount, currency: "USD" });

describe("exact amounts keep every digit", () => {
  test.each([
    { amount: "0", shown: "$0.00" },
    { amount: "0.001", shown: "$0.001" },
    { amount: "0.0000004", shown: "$0.0000004" },
    { amount: "99", shown: "$99.00" },
    { amount: "1234567890123456789.25", shown: "$1,234,567,890,123,456,789.25" },
    { amount: "-0.5", shown: "-$0.50" },
  ])("$amount reads $shown", ({ amount, shown }) => {
    expect(formatExact(usd(amount))).toBe(shown);
  });
});

describe("an amount that never ends is cut, and says so", () => {
  test.each([
    { amount: "0.6778133333333333333333333", shown: "$0.677813…" },
    { amount: "0.0000004", shown: "$0.0000004" },
    { amount: "0.10000000000000000", shown: "$0.10" },
    { amount: "-0.0046291666666666666666667", shown: "-$0.004629…" },
  ])("$amount reads $shown", ({ amount, shown }) => {
    expect(formatDigits(usd(amount))).toBe(shown);
  });
});

describe("brief amounts never read as nothing", () => {
  test.each([
    { amount: "0.001", shown: "< $0.01" },
    { amount: "-0.001", shown: "> -$0.01" },
    { amount: "0.01", shown: "$0.01" },
    { amount: "0", shown: "$0.00" },
    { amount: "0.95", shown: "$0.95" },
    { amount: "1.005", shown: "$1.01" },
  ])("$amount reads $shown", ({ amount, shown }) => {
    expect(formatBrief(usd(amount))).toBe(shown);
  });
});

test("another currency says its code", () => {
  expect(formatAmount({ amount: "12.5", currency: "EUR" }).replace("\u00A0", " ")).toBe("EUR 12.50");
});

test("an exact amount reads back as the amount it was", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (units) => {
      const digits = units.toString().padStart(10, "0");
      const amount = `${digits.slice(0, -9)}.${digits.slice(-9)}`;
      const read = formatExact(usd(amount)).replace(/[$,]/g, "");
      expect(read.replace(".", "").replace(/0+$/, "")).toBe(
        amount
          .replace(".", "")
          .replace(/^0+(?=\d{10})/, "")
          .replace(/0+$/, ""),
      );
    }),
  );
});
