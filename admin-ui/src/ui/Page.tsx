import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import classes from "./Page.module.css";
import { useRouteFocus } from "./route-focus";

type Props = {
  readonly title: string;
  /** One sentence on how things stand. */
  readonly state?: ReactNode;
  /** The one primary action, and what else there is to do. */
  readonly actions?: ReactNode;
  /** The pages above this one, outermost first. */
  readonly trail?: readonly { readonly label: string; readonly to: string }[];
  readonly children?: ReactNode;
};

/** A page: its title in the tab and as the only h1, which takes the focus when one came here by a link. */
export function Page({ title, state, actions, trail, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useRouteFocus(heading, pathname);
  useEffect(() => {
    document.title = `${[title, ...(trail?.map(({ label }) => label).toReversed() ?? [])].join(" - ")} - QLP`;
  }, [title, trail]);

  return (
    <Stack gap="lg" className={classes.page}>
      <header>
        {trail && trail.length > 0 && (
          <nav aria-label="Breadcrumbs" className="qlp-no-print">
            <Breadcrumbs mb={6} className={classes.trail}>
              {trail.map(({ label, to }) => (
                <Anchor key={to} component={Link} to={to} size="sm">
                  {label}
                </Anchor>
              ))}
            </Breadcrumbs>
          </nav>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className={classes.heading}>
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {state && (
              <Text c="dimmed" mt={4} component="div">
                {state}
              </Text>
            )}
          </div>
          {actions && (
            <Group gap="sm" className="qlp-no-print">
              {actions}
            </Group>
          )}
        </Group>
      </header>
      {children}
    </Stack>
  );
}
