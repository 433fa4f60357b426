import { NativeSelect } from "@mantine/core";
import { FilterSheet } from "../../ui/FilterSheet";
import { SearchField } from "../../ui/SearchField";

type Props = {
  /** All states by their code. */
  readonly states: Readonly<Record<string, { readonly label: string }>>;
  readonly state: string | null;
  readonly onState: (state: string) => void;
  /** What the text is looked for in: "Type". */
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
};

/** Which part of the inbox or outbox is listed. */
export function TrafficFilter({ states, state, onState, label, placeholder, text, onText }: Props) {
  return (
    <FilterSheet count={(state === null ? 0 : 1) + (text === "" ? 0 : 1)}>
      <NativeSelect
        label="State"
        value={state ?? ""}
        data={[
          { value: "", label: "All states" },
          ...Object.entries(states).map(([value, each]) => ({ value, label: each.label })),
        ]}
        onChange={({ currentTarget }) => onState(currentTarget.value)}
      />
      <SearchField label={label} placeholder={placeholder} value={text} onSearch={onText} />
    </FilterSheet>
  );
}
