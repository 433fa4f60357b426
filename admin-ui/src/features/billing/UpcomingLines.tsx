import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { isZero } from "../../lib/decimal";
import { unitOf } from "../../lib/quantity";
import { Money, Quantity } from "../../ui/Figures";
import { Cell, Row, Table } from "../../ui/Table";
import type { Preview } from "./upcoming-view";

const COLUMNS = [
  { key: "description", label: "Line" },
  { key: "quantity", label: "Quantity", numeric: true },
  { key: "exact", label: "Exact", numeric: true },
  { key: "amount", label: "Amount", numeric: true, phone: "first" },
] as const;

type Props = { readonly preview: Preview; readonly isStale: boolean; readonly hrefOf: (line: string) => string };

/** The lines, what each was before rounding, and their sum. */
export function UpcomingLines({ preview, isStale, hrefOf }: Props) {
  return (
    <Table caption="Lines of the upcoming invoice" columns={COLUMNS} isStale={isStale}>
      {preview.lines.map(
        ({ id, kind, meter, description, quantity, amount, exactAmount, roundingDifference, estimated }) => (
          <Row key={id}>
            <Cell column="description" head>
              {kind === "USAGE" ? (
                <Anchor component={Link} to={hrefOf(id)} fz="sm" fw={600} preventScrollReset>
                  {description}
                </Anchor>
              ) : (
                <Text span size="sm" fw={600}>
                  {description}
                </Text>
              )}
            </Cell>
            <Cell column="quantity">
              <LineQuantity meter={meter} quantity={quantity} />
            </Cell>
            <Cell column="exact">
              <Money value={exactAmount} as="exact" />
              {!isZero(roundingDifference.amount) && (
                <Text size="xs" c="dimmed">
                  rounding <Money value={roundingDifference} as="exact" />
                </Text>
              )}
            </Cell>
            <Cell column="amount">
              <Money value={amount} estimated={estimated} />
            </Cell>
          </Row>
        ),
      )}
      <Row>
        <Cell column="description" head>
          Total
        </Cell>
        <Cell column="quantity" />
        <Cell column="exact" />
        <Cell column="amount">
          <Text span fw={700}>
            <Money value={preview.total} />
          </Text>
        </Cell>
      </Row>
    </Table>
  );
}

/** In the meter's own way of writing quantities; all digits are in the title. */
function LineQuantity({ meter, quantity }: { meter: string | null; quantity: string }) {
  return meter === null ? <Quantity value={quantity} /> : <Quantity value={quantity} unit={unitOf(meter)} />;
}
