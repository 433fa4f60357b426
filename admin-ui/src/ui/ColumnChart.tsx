import { BarChart } from "@mantine/charts";
import { useMediaQuery } from "@mantine/hooks";
import classes from "./ColumnChart.module.css";

export type ChartSeries = { readonly key: string; readonly label: string; readonly color: string };

export type ChartColumn = {
  /** Below the column: "14 Nov". */
  readonly label: string;
  /** By series; for the heights only. */
  readonly heights: Readonly<Record<string, number>>;
  /** By series, as it is said: "12 generations". What is not in it was nothing. */
  readonly words: Readonly<Record<string, string>>;
  /** The whole column in words. */
  readonly total: string;
};

type Props = {
  readonly columns: readonly ChartColumn[];
  readonly series: readonly ChartSeries[];
  /** The whole chart in a sentence, for those who do not see it. */
  readonly summary: string;
};

const wholes = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** Columns of one or more stacked series, from zero up, with exact words on hover and focus. */
export function ColumnChart({ columns, series, summary }: Props) {
  const isPhone = useMediaQuery("(max-width: 47.99em)") ?? false;
  const byLabel = new Map(columns.map((column) => [column.label, column]));
  return (
    <figure className={classes.figure} aria-label={summary}>
      <BarChart
        h={isPhone ? 220 : 260}
        data={columns.map(({ label, heights }) => ({ label, ...heights }))}
        dataKey="label"
        type="stacked"
        series={series.map(({ key, label, color }) => ({ name: key, label, color }))}
        maxBarWidth={34}
        tickLine="none"
        gridAxis="x"
        strokeDasharray="0"
        gridColor="var(--qlp-line)"
        textColor="var(--qlp-ink-dim)"
        valueFormatter={(height) => wholes.format(height)}
        xAxisProps={{ minTickGap: 18 }}
        yAxisProps={{ width: 44, allowDecimals: false }}
        barProps={{ isAnimationActive: false }}
        tooltipProps={{
          content: ({ active, label }) => {
            const column = byLabel.get(String(label));
            return active && column ? <Words column={column} series={series} /> : null;
          },
        }}
      />
      {series.length > 1 && (
        <ul className={classes.legend} aria-label="Series">
          {series.map(({ key, label, color }) => (
            <li key={key}>
              <span className={classes.swatch} style={{ background: color }} />
              {label}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function Words({ column, series }: { column: ChartColumn; series: readonly ChartSeries[] }) {
  const named = series.filter(({ key }) => column.words[key] !== undefined);
  return (
    <div className={classes.tooltip}>
      <strong>
        {column.label}: {column.total}
      </strong>
      {series.length > 1 &&
        named.map(({ key, label, color }) => (
          <div key={key}>
            <span className={classes.swatch} style={{ background: color }} />
            {label} {column.words[key]}
          </div>
        ))}
    </div>
  );
}
