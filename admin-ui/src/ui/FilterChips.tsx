import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import classes from "./FilterChips.module.css";

export type FilterChip = {
  readonly name: string;
  /** The filter as words: "Complexity T1". */
  readonly label: string;
  readonly onRemove: () => void;
};

/** The filters in force; each can be taken away by itself. */
export function FilterChips({
  chips,
  onClear,
}: {
  readonly chips: readonly FilterChip[];
  readonly onClear: () => void;
}) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className={classes.chips}>
      {chips.map(({ name, label, onRemove }) => (
        <li key={name}>
          <button type="button" className={classes.chip} onClick={onRemove} aria-label={`Remove the filter ${label}`}>
            {label}
            <IconX size={13} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          Clear
        </Button>
      </li>
    </ul>
  );
}
