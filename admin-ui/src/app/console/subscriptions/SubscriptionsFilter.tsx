import { NativeSelect } from "@mantine/core";
import { STATUSES } from "../../../features/billing/subscription-words";
import { FilterChips } from "../../../ui/FilterChips";
import { FilterSheet } from "../../../ui/FilterSheet";
import { SearchField } from "../../../ui/SearchField";
import { PLAN_NAMES } from "../organizations/organizations-view";
import {
  CANCELS,
  chipsOf,
  NO_FILTER,
  type SetView,
  SUBSCRIPTIONS_URL,
  type SubscriptionsView,
} from "./subscriptions-view";

type Props = { readonly view: SubscriptionsView; readonly setView: SetView };

const any = (label: string) => ({ value: "", label });

/** The filters of the subscriptions; what is chosen stands below as chips. */
export function SubscriptionsFilter({ view, setView }: Props) {
  const chips = chipsOf(view, setView);
  return (
    <>
      <FilterSheet count={chips.length}>
        <SearchField
          label="Search"
          placeholder="Organization, or an id"
          value={view.search}
          onSearch={(search) => setView({ search }, { replace: true })}
        />
        <NativeSelect
          label="Status"
          value={view.status ?? ""}
          data={[any("All statuses"), ...Object.entries(STATUSES).map(([value, { label }]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) => setView({ status: SUBSCRIPTIONS_URL.status.read(value) ?? null })}
        />
        <NativeSelect
          label="Plan"
          value={view.plan ?? ""}
          data={[any("All plans"), ...Object.entries(PLAN_NAMES).map(([value, label]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) => setView({ plan: SUBSCRIPTIONS_URL.plan.read(value) ?? null })}
        />
        <NativeSelect
          label="Cancellation"
          value={view.cancels ?? ""}
          data={[any("All"), ...Object.entries(CANCELS).map(([value, label]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) =>
            setView({ cancels: SUBSCRIPTIONS_URL.cancels.read(value) ?? null })
          }
        />
      </FilterSheet>
      <FilterChips chips={chips} onClear={() => setView(NO_FILTER)} />
    </>
  );
}
