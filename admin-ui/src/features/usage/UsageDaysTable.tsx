import { sumDecimals } from "../../lib/decimal";
import { Money, Quantity } from "../../ui/Figures";
import { Instant } from "../../ui/Instant";
import { Cell, type Column, Row, Table } from "../../ui/Table";
import { quantityOf, seriesOf, type UsageDay } from "./usage-days";

const moneyOf = (day: UsageDay, meter: string) => ({
  amount: sumDecimals(day.meters.filter((entry) => entry.meter === meter).map(({ amount }) => amount.amount)),
  currency: day.total.currency,
});

/** The rows behind the chart. */
export function UsageDaysTable({ days, meter }: { readonly days: readonly UsageDay[]; readonly meter: string }) {
  const series = seriesOf(meter);
  const levels = series.length > 1 ? series : [];
  const columns: Column[] = [
    { key: "day", label: "Day (UTC)" },
    ...levels.map(({ key, label }) => ({ key, label, numeric: true })),
    { key: "total", label: "Quantity", numeric: true },
    { key: "amount", label: "Amount", numeric: true, phone: "first" },
  ];
  return (
    <Table caption="Usage by day" columns={columns}>
      {days.map((day) => (
        <Row key={day.day}>
          <Cell column="day" head>
            <Instant at={day.day} as="day" zone="UTC" />
          </Cell>
          {levels.map(({ key }) => (
            <Cell key={key} column={key}>
              <Quantity
                value={day.meters.find((entry) => entry.meter === meter && entry.complexity === key)?.quantity ?? "0"}
              />
            </Cell>
          ))}
          <Cell column="total">
            <Quantity value={quantityOf(day, meter)} />
          </Cell>
          <Cell column="amount">
            <Money value={moneyOf(day, meter)} as="exact" />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
