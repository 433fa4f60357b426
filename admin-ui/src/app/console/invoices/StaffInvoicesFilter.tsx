import { NativeSelect } from "@mantine/core";
import { FilterChips } from "../../../ui/FilterChips";
import { FilterSheet } from "../../../ui/FilterSheet";
import { SearchField } from "../../../ui/SearchField";
import {
  chipsOf,
  NO_FILTER,
  type SetView,
  STAFF_INVOICES_URL,
  STAFF_STATUSES,
  type StaffInvoicesView,
} from "./staff-invoices-view";

type Props = { readonly view: StaffInvoicesView; readonly setView: SetView };

/** The filters of all invoices; what is chosen stands below as chips. */
export function StaffInvoicesFilter({ view, setView }: Props) {
  const chips = chipsOf(view, setView);
  return (
    <>
      <FilterSheet count={chips.length}>
        <SearchField
          label="Search"
          placeholder="Number, organization, or an id"
          value={view.search}
          onSearch={(search) => setView({ search }, { replace: true })}
        />
        <NativeSelect
          label="Status"
          value={view.status ?? ""}
          data={[{ value: "", label: "All statuses" }, ...STAFF_STATUSES]}
          onChange={({ currentTarget: { value } }) =>
            setView({ status: STAFF_INVOICES_URL.status.read(value) ?? null })
          }
        />
        <NativeSelect
          label="Comparison"
          value={view.held ? "1" : ""}
          data={[
            { value: "", label: "All" },
            { value: "1", label: "Held: two sides differ" },
          ]}
          onChange={({ currentTarget: { value } }) => setView({ held: value === "1" })}
        />
      </FilterSheet>
      <FilterChips chips={chips} onClear={() => setView(NO_FILTER)} />
    </>
  );
}
