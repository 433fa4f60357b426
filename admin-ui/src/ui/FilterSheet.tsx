import { Button, Collapse, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import type { ReactNode } from "react";

type Props = {
  /** How many filters are in force. */
  readonly count: number;
  readonly children: ReactNode;
};

/** Filters in a row; on a phone folded away behind a button. */
export function FilterSheet({ count, children }: Props) {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <search>
      <Button
        hiddenFrom="sm"
        variant="default"
        fullWidth
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={toggle}
        aria-expanded={isOpen}
      >
        {count === 0 ? "Filter" : `Filter (${count})`}
      </Button>
      <Group visibleFrom="sm" gap="sm" align="flex-end">
        {children}
      </Group>
      <Collapse expanded={isOpen} hiddenFrom="sm" keepMounted={false}>
        <Group gap="sm" align="flex-end" pt="sm">
          {children}
        </Group>
      </Collapse>
    </search>
  );
}
