import { Box, NativeSelect } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { HoldsTableDocument, type HoldsTableQuery, type HoldState } from "../../gql/documents";
import { formatDigits } from "../../lib/money";
import { formatWithUnit, plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { authorizeRequest } from "../../lib/snippets";
import { maybeText, oneOf, pageSize, useUrlState } from "../../lib/url-state";
import { EmptyState } from "../../ui/EmptyState";
import { FilterSheet } from "../../ui/FilterSheet";
import { Instant } from "../../ui/Instant";
import { Pager } from "../../ui/Pager";
import { Snippets } from "../../ui/Snippets";
import { Status, type Tone } from "../../ui/Status";
import { Cell, Row, Table } from "../../ui/Table";
import { ACTIONS } from "./words";

type Hold = HoldsTableQuery["organization"]["holds"]["nodes"][number];

const STATES: Readonly<Record<HoldState, { label: string; tone: Tone; meaning: string }>> = {
  PLACED: { label: "Placed", tone: "info", meaning: "Its units are kept back for work that is under way." },
  SETTLED: { label: "Settled", tone: "good", meaning: "The work was done; its event counts instead." },
  RELEASED: { label: "Released", tone: "plain", meaning: "Given back: the work did not start." },
  EXPIRED: { label: "Expired", tone: "warn", meaning: "Gave itself back: the work was not settled in time." },
};
const NAMES = Object.keys(STATES) as HoldState[];

const HOLDS_URL = { state: oneOf(NAMES, null), after: maybeText(), size: pageSize() };

const COLUMNS = [
  { key: "work", label: "Work" },
  { key: "state", label: "State", phone: "first" },
  { key: "units", label: "Kept back", numeric: true },
  { key: "amount", label: "Est. amount", numeric: true },
  { key: "placed", label: "Placed" },
  { key: "ends", label: "Until" },
] as const;

/** Units kept back for work that is under way, and how such holds ended. */
export function HoldsTable({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { view, setView } = useUrlState(HOLDS_URL);
  const { data, isStale } = useRegionQuery(
    HoldsTableDocument,
    { organizationId: organizationId ?? null, first: view.size, after: view.after, state: view.state },
    { pollMs: 10_000 },
  );
  const { nodes, pageInfo } = data.organization.holds;
  return (
    <>
      <Box px={{ base: "md", sm: "lg" }} pb="sm">
        <FilterSheet count={view.state === null ? 0 : 1}>
          <NativeSelect
            label="State"
            value={view.state ?? ""}
            data={[
              { value: "", label: "All states" },
              ...NAMES.map((value) => ({ value, label: STATES[value].label })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              setView({ state: NAMES.find((name) => name === value) ?? null, after: null })
            }
          />
        </FilterSheet>
      </Box>
      {nodes.length === 0 ? (
        <NoHolds state={view.state} />
      ) : (
        <>
          <Table caption="Holds" columns={COLUMNS} isStale={isStale}>
            {nodes.map((hold) => (
              <HoldRow key={hold.id} hold={hold} />
            ))}
          </Table>
          <Pager
            pageInfo={pageInfo}
            after={view.after}
            size={view.size}
            count={plural(nodes.length, "hold")}
            onPage={(after, state) => setView({ after }, { state })}
            onSize={(size) => setView({ size, after: null })}
          />
        </>
      )}
    </>
  );
}

function NoHolds({ state }: { state: HoldState | null }) {
  if (state !== null)
    return <EmptyState title={`No hold is ${STATES[state].label.toLowerCase()}`} icon={IconHourglass} />;
  return (
    <EmptyState title="No hold yet" icon={IconHourglass}>
      <p>Ask before work starts, and its units are kept for it until it is settled, released, or its time is over.</p>
      <Snippets request={authorizeRequest()} origin={window.location.origin} secret={null} />
    </EmptyState>
  );
}

function HoldRow({ hold }: { hold: Hold }) {
  const { label, tone, meaning } = STATES[hold.state];
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
      <Cell column="placed">
        <Instant at={hold.placedAt} />
      </Cell>
      <Cell column="ends">
        <Instant at={hold.endedAt ?? hold.expiresAt} />
      </Cell>
    </Row>
  );
}

function unitsOf({ action, quantity, computeMinutes }: Hold): string {
  const units = quantity === "0" ? [] : [formatWithUnit(quantity, action === "API_CALL" ? "call" : "generation")];
  const minutes = computeMinutes === "0" ? [] : [formatWithUnit(computeMinutes, "minute")];
  return [...units, ...minutes].join(" and ") || "Nothing";
}
