import { Stack, Text } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import classes from "./States.module.css";

type Props = {
  /** Why there is nothing. */
  readonly title: string;
  readonly children?: ReactNode;
  /** The next step: one button or link. */
  readonly action?: ReactNode;
  readonly icon?: ComponentType<{ size: number; className?: string | undefined; "aria-hidden"?: boolean }>;
};

/** Nothing here yet: why, and the next step. */
export function EmptyState({ title, children, action, icon: Icon = IconInbox }: Props) {
  return (
    <Stack className={classes.empty} gap="xs">
      <Icon size={30} className={classes.dimIcon} aria-hidden />
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" className={classes.emptyText} component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
