import { NativeSelect } from "@mantine/core";
import { STATUSES } from "../../../features/billing/subscription-words";
import { FilterChips } from "../../../ui/FilterChips";
import { FilterSheet } from "../../../ui/FilterSheet";
import { SearchField } from "../../../ui/SearchField";
import {
  chipsOf,
  NO_FILTER,
  ORGANIZATIONS_URL,
  type OrganizationsView,
  PLAN_NAMES,
  type SetView,
  SORTS,
} from "./organizations-view";

type Props = { readonly view: OrganizationsView; readonly setView: SetView };

const any = (label: string) => ({ value: "", label });

/** The filters of the organizations; what is chosen stands below as chips. */
export function OrganizationsFilter({ view, setView }: Props) {
  const chips = chipsOf(view, setView);
  return (
    <>
      <FilterSheet count={chips.length}>
        <SearchField
          label="Search"
          placeholder="Name, or a whole id"
          value={view.search}
          onSearch={(search) => setView({ search }, { replace: true })}
        />
        <NativeSelect
          label="Plan"
          value={view.plan ?? ""}
          data={[any("All plans"), ...Object.entries(PLAN_NAMES).map(([value, label]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) => setView({ plan: ORGANIZATIONS_URL.plan.read(value) ?? null })}
        />
        <NativeSelect
          label="Status"
          value={view.status ?? ""}
          data={[any("All statuses"), ...Object.entries(STATUSES).map(([value, { label }]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) => setView({ status: ORGANIZATIONS_URL.status.read(value) ?? null })}
        />
        <NativeSelect
          hiddenFrom="sm"
          label="Order"
          value={view.sort}
          data={SORTS.map(({ value, label }) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => {
            const chosen = SORTS.find((sort) => sort.value === value);
            if (chosen) setView(chosen.change);
          }}
        />
      </FilterSheet>
      <FilterChips chips={chips} onClear={() => setView(NO_FILTER)} />
    </>
  );
}
