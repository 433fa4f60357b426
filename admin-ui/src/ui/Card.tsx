import { Group, Paper, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Card.module.css";

type Props = {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Without padding around the content, for tables. */
  readonly flush?: boolean;
  readonly children?: ReactNode;
};

/** A named part of a page. */
export function Card({ title, description, actions, flush = false, children }: Props) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className={classes.card}>
      <Group justify="space-between" align="flex-start" gap="sm" className={classes.head}>
        <div className={classes.words}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description && (
            <Text size="sm" c="dimmed" mt={2} component="div">
              {description}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </Paper>
  );
}
