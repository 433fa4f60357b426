import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Card } from "./Card";

type Props = {
  /** What the chart found, as a sentence. */
  readonly title: string;
  readonly description?: ReactNode;
  readonly chart: ReactNode;
  /** The same rows as figures. */
  readonly table: ReactNode;
  readonly controls?: ReactNode;
};

/** A chart that can be read as a table. */
export function ChartCard({ title, description, chart, table, controls }: Props) {
  const [shown, show] = useState("chart");
  return (
    <Card
      title={title}
      description={description}
      flush={shown === "table"}
      actions={
        <>
          {controls}
          <SegmentedControl
            size="xs"
            value={shown}
            onChange={show}
            aria-label="Shown as"
            data={[
              { value: "chart", label: "Chart" },
              { value: "table", label: "Table" },
            ]}
          />
        </>
      }
    >
      {shown === "chart" ? chart : table}
    </Card>
  );
}
