import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { holdersOf, type Permission } from "../lib/permissions";
import { useMay } from "../lib/viewer";

type Item = { readonly label: string; readonly onClick: () => void; readonly dangerous?: boolean };

type Props = {
  /** Whose acts these are: "Actions for ann@example.com". */
  readonly label: string;
  readonly permission: Permission;
  readonly items: readonly Item[];
};

/** What can be done with one row. Who may not sees why. */
export function RowMenu({ label, permission, items }: Props) {
  const may = useMay(permission);
  if (!may) {
    const reason = `Only ${holdersOf(permission)} can change this.`;
    return (
      <Tooltip label={reason}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={`${label}. ${reason}`}
          aria-disabled
          data-disabled
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={label}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label: act, onClick, dangerous }) => (
          <Menu.Item key={act} onClick={onClick} {...(dangerous ? { color: "var(--qlp-bad)" } : {})}>
            {act}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
