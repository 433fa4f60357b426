import { Button, Group } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import classes from "./FilterChips.module.css";

export type FilterChip = {
  readonly name: string;
  /** The filter as words: "Complexity T1". */
  readonly label: string;
  readonly onRemove: () => void;
};

/** The filters in force; each can be taken away by itself. */
export function FilterChips({ chips, onClear }: { readonly chips: readonly FilterChip[]; readonly onClear: () => void }) {
  if (chips.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label="Filters in force">
      {chips.map(({ name, label, onRemove }) => (
        <button key={name} type="button" className={classes.chip} onClick={onRemove} aria-label={`Remove the filter ${label}`}>
          {label}
          <IconX size={13} aria-hidden />
        </button>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={onClear}>
        Clear
      </Button>
    </Group>
  );
}
