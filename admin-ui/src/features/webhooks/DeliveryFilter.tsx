import { Group, NativeSelect } from "@mantine/core";
import { DELIVERIES_URL, type DeliveriesView } from "./deliveries-view";
import { DELIVERY_STATES, EVENTS, TEST_EVENT } from "./webhook-words";

const STATES = [
  { value: "", label: "All" },
  ...Object.entries(DELIVERY_STATES).map(([value, { label }]) => ({ value, label })),
];

const TYPES = [{ value: "", label: "All" }, ...EVENTS.map(({ event }) => event), TEST_EVENT];

/** Which messages are listed. */
export function DeliveryFilter({ view, setView }: Omit<DeliveriesView, "hrefWith">) {
  return (
    <search>
      <Group gap="sm">
        <NativeSelect
          label="State"
          w={240}
          maw="100%"
          value={view.state ?? ""}
          data={STATES}
          onChange={({ currentTarget: { value } }) => setView({ state: DELIVERIES_URL.state.read(value) ?? null })}
        />
        <NativeSelect
          label="Event"
          w={240}
          maw="100%"
          value={view.type ?? ""}
          data={TYPES}
          onChange={({ currentTarget: { value } }) => setView({ type: DELIVERIES_URL.type.read(value) ?? null })}
        />
      </Group>
    </search>
  );
}
