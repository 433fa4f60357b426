import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { HoldRow_HoldFragmentDoc, type HoldRow_HoldFragment } from "../../gql/documents";
import { formatDigits } from "../../lib/money";
import { formatWithUnit } from "../../lib/quantity";
import { Instant } from "../../ui/Instant";
import { Status } from "../../ui/Status";
import { Cell, Row } from "../../ui/Table";
import { HOLD_STATES } from "./hold-states";
import { ACTIONS } from "./words";

/** One line of the holds: for which work, what it keeps back, which key placed it and how it ended. */
export function HoldRow({
  hold: from,
}: {
  readonly hold: { readonly id: string } & FragmentType<HoldRow_HoldFragment>;
}) {
  const { data: hold, complete } = useFragment({ fragment: HoldRow_HoldFragmentDoc, from });
  if (!complete) return null;
  const { label, tone, meaning } = HOLD_STATES[hold.state];
  return (
    <Row faded={hold.state !== "PLACED"}>
      <Cell column="work" head>
        {[ACTIONS[hold.action], hold.complexity, hold.model].filter(Boolean).join(", ")}
      </Cell>
      <Cell column="state">
        <Status tone={tone} title={meaning}>
          {label}
        </Status>
      </Cell>
      <Cell column="units">{unitsOf(hold)}</Cell>
      <Cell column="amount">{formatDigits(hold.estimatedAmount)}</Cell>
      <Cell column="key">{hold.keyPrefix ?? "-"}</Cell>
      <Cell column="placed">
        <Instant at={hold.placedAt} />
      </Cell>
      <Cell column="ends">
        <Instant at={hold.endedAt ?? hold.expiresAt} />
      </Cell>
    </Row>
  );
}

function unitsOf({ action, quantity, computeMinutes }: HoldRow_HoldFragment): string {
  const units = quantity === "0" ? [] : [formatWithUnit(quantity, action === "API_CALL" ? "call" : "generation")];
  const minutes = computeMinutes === "0" ? [] : [formatWithUnit(computeMinutes, "minute")];
  return [...units, ...minutes].join(" and ") || "Nothing";
}
