import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { holdersOf, type Permission } from "../lib/permissions";
import { useMay } from "../lib/viewer";

type Props = ButtonProps & {
  readonly permission: Permission;
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly "aria-label"?: string;
};

/** A button that stays where the viewer may see but not act: disabled, with the reason and who can. */
export function MayButton({ permission, onClick, children, ...rest }: Props) {
  const may = useMay(permission);
  if (may) {
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  }
  const reason = `Only ${holdersOf(permission)} can do this.`;
  return (
    <Tooltip label={reason}>
      <Button {...rest} aria-disabled data-disabled title={reason} onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}
