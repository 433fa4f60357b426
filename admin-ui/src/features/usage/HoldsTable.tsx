import { Box, NativeSelect } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { HoldsTableDocument, type HoldState } from "../../gql/documents";
import { plural } from "../../lib/quantity";
import { useRegionQuery } from "../../lib/query";
import { authorizeRequest } from "../../lib/snippets";
import { maybeText, oneOf, pageSize, useUrlState, type Values } from "../../lib/url-state";
import { NothingFurther } from "../../ui/EmptyList";
import { EmptyState } from "../../ui/EmptyState";
import { FilterSheet } from "../../ui/FilterSheet";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Pager } from "../../ui/Pager";
import { Snippets } from "../../ui/Snippets";
import { Table } from "../../ui/Table";
import { HOLD_STATES } from "./hold-states";
import { HoldRow } from "./HoldRow";

const NAMES = Object.keys(HOLD_STATES) as HoldState[];

const HOLDS_URL = { state: oneOf(NAMES, null), after: maybeText(), size: pageSize() };

const COLUMNS = [
  { key: "work", label: "Work" },
  { key: "state", label: "State", phone: "first" },
  { key: "units", label: "Kept back", numeric: true },
  { key: "amount", label: "Est. amount", numeric: true },
  { key: "key", label: "Key" },
  { key: "placed", label: "Placed" },
  { key: "ends", label: "Until" },
] as const;

/** Units kept back for work that is under way, and how such holds ended. */
export function HoldsTable({ organizationId }: { readonly organizationId?: string | undefined }) {
  const { view, setView, ignored } = useUrlState(HOLDS_URL);
  const { data, isStale } = useRegionQuery(
    HoldsTableDocument,
    { organizationId: organizationId ?? null, first: view.size, after: view.after, state: view.state },
    { pollMs: 10_000 },
  );
  const { nodes, pageInfo } = data.organization.holds;
  return (
    <>
      <Box px={{ base: "md", sm: "lg" }} pb="sm">
        <IgnoredParameters names={ignored} />
        <FilterSheet count={view.state === null ? 0 : 1}>
          <NativeSelect
            label="State"
            value={view.state ?? ""}
            data={[
              { value: "", label: "All states" },
              ...NAMES.map((value) => ({ value, label: HOLD_STATES[value].label })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              setView({ state: NAMES.find((name) => name === value) ?? null, after: null })
            }
          />
        </FilterSheet>
      </Box>
      {nodes.length === 0 ? (
        <NoHolds view={view} onFirst={() => setView({ after: null })} isStaff={organizationId !== undefined} />
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

type NoneProps = {
  readonly view: Values<typeof HOLDS_URL>;
  readonly onFirst: () => void;
  readonly isStaff: boolean;
};

/** Past the last page, nothing in that state, or nothing at all: then customers see how to place the first. */
function NoHolds({ view: { state, after }, onFirst, isStaff }: NoneProps) {
  if (after !== null) return <NothingFurther onFirst={onFirst} />;
  if (state !== null)
    return <EmptyState title={`No hold is ${HOLD_STATES[state].label.toLowerCase()}`} icon={IconHourglass} />;
  if (isStaff)
    return (
      <EmptyState title="No hold yet" icon={IconHourglass}>
        The customer has not asked for units to be kept back.
      </EmptyState>
    );
  return (
    <EmptyState title="No hold yet" icon={IconHourglass}>
      <p>Ask before work starts, and its units are kept for it until it is settled, released, or its time is over.</p>
      <Snippets request={authorizeRequest()} origin={window.location.origin} secret={null} />
    </EmptyState>
  );
}
