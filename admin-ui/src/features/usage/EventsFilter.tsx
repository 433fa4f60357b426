import { Group, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import type { UrlState } from "../../lib/url-state";
import { FilterChips } from "../../ui/FilterChips";
import { FilterSheet } from "../../ui/FilterSheet";
import { chipsOf, EVENTS_URL, NO_FILTER } from "./events-view";
import { ACTIONS, COMPLEXITIES, RATINGS } from "./words";

type Props = Pick<UrlState<typeof EVENTS_URL>, "view" | "setView">;

const any = (label: string) => ({ value: "", label });

/** The filters of the events; what is chosen stands below as chips. */
export function EventsFilter({ view, setView }: Props) {
  const chips = chipsOf(view, setView);
  return (
    <>
      <FilterSheet count={chips.length}>
        <KeySearch key={view.q} value={view.q} onSearch={(q) => setView({ q }, { replace: true })} />
        <NativeSelect
          label="Action"
          value={view.action ?? ""}
          data={[any("All actions"), ...Object.entries(ACTIONS).map(([value, label]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) => setView({ action: EVENTS_URL.action.read(value) ?? null })}
        />
        <NativeSelect
          label="Complexity"
          value={view.complexity ?? ""}
          data={[any("All"), ...COMPLEXITIES]}
          onChange={({ currentTarget: { value } }) =>
            setView({ complexity: EVENTS_URL.complexity.read(value) ?? null })
          }
        />
        <NativeSelect
          label="Rated as"
          value={view.rating ?? ""}
          data={[any("All outcomes"), ...Object.entries(RATINGS).map(([value, { label }]) => ({ value, label }))]}
          onChange={({ currentTarget: { value } }) => setView({ rating: EVENTS_URL.rating.read(value) ?? null })}
        />
        <Group gap="sm" wrap="nowrap">
          <TextInput
            type="date"
            label="From (UTC)"
            value={view.from}
            onChange={({ currentTarget }) => setView({ from: currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Until (UTC)"
            value={view.to}
            onChange={({ currentTarget }) => setView({ to: currentTarget.value })}
          />
        </Group>
        <Switch
          label="Late only"
          checked={view.late}
          onChange={({ currentTarget }) => setView({ late: currentTarget.checked })}
          mb={8}
        />
      </FilterSheet>
      <FilterChips chips={chips} onClear={() => setView(NO_FILTER)} />
    </>
  );
}

function KeySearch({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const search = useDebouncedCallback(onSearch, 300);
  return (
    <TextInput
      label="Idempotency key"
      placeholder="Starts with"
      type="search"
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        search(currentTarget.value.trim());
      }}
    />
  );
}
