import { formatAmount, formatBrief, formatDigits, formatExact, type MoneyValue } from "../lib/money";
import { formatAllDigits, formatDecimal, formatWithUnit } from "../lib/quantity";
import classes from "./Figures.module.css";

type MoneyProps = {
  readonly value: MoneyValue;
  /** `exact`: all digits, for unit prices and events. `amount`: whole cents, for invoices. `brief`: cents, exact in the title. */
  readonly as?: "exact" | "amount" | "brief";
  /** An amount that can still change. */
  readonly estimated?: boolean;
};

const WAYS = { exact: formatDigits, amount: formatAmount, brief: formatBrief };

/** An amount of money. Copying from the title gives the exact decimal. */
export function Money({ value, as = "amount", estimated = false }: MoneyProps) {
  const shown = WAYS[as](value);
  const exact = formatExact(value);
  return (
    <data value={value.amount} className={classes.figure} title={shown === exact ? undefined : exact}>
      {shown}
      {estimated && <span className={classes.estimated}> est.</span>}
    </data>
  );
}

type QuantityProps = { readonly value: string; readonly unit?: string; readonly estimated?: boolean };

/** A quantity, with its unit when it has one. */
export function Quantity({ value, unit, estimated = false }: QuantityProps) {
  const shown = unit === undefined ? formatDecimal(value) : formatWithUnit(value, unit);
  const exact = formatAllDigits(value);
  return (
    <data value={value} className={classes.figure} title={shown.startsWith(exact) ? undefined : exact}>
      {shown}
      {estimated && <span className={classes.estimated}> est.</span>}
    </data>
  );
}
